import { authorize } from "../access/authorize.ts";
import { ServiceException } from "../contract/service-exception.ts";
import type { Call, Resource } from "./operation.ts";

/** For what an operation does besides its own action, as AWS asks for `iam:CreateServiceLinkedRole` on another's behalf. */
export async function requirePermission(call: Call, action: string, resource: Resource): Promise<void> {
  await authorize(call.environment, call.tx, call.facts, { action, resource, now: call.now });
}

/** Whether the caller may, without refusing. */
export async function mayCaller(call: Call, action: string, resource: Resource): Promise<boolean> {
  try {
    await requirePermission(call, action, resource);
    return true;
  } catch (error) {
    if (error instanceof ServiceException && error.code === "AccessDenied") return false;
    throw error;
  }
}
