import { authorize } from "../../../access/authorize.ts";
import type { Call, Resource } from "../../operation.ts";

/**
 * "To change Bob to Robert, the entity making the request must have permission on Bob and Robert" (IAM API reference,
 * UpdateUser and UpdateGroup). Else who may rename what is below one path could move it out of there, or in from elsewhere.
 */
export async function mayBecome(call: Call, action: string, before: Resource, arn: string): Promise<void> {
  if (arn === before.arn) return;
  // It keeps its tags: a policy that goes by them says the same of both names.
  const resource = { ...before, arn };
  await authorize(call.environment, call.tx, call.facts, { action, resource, now: call.now });
}
