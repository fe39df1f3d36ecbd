import { refusal } from "../../contract/service-exception.ts";
import type { Call, Resource } from "../operation.ts";
import { findPolicyByArn, isReserved } from "./managed-policies/policy.ts";

/** The id of the managed policy that is to be a permissions boundary. */
export async function boundaryPolicyId(call: Call<"InvalidInputException">, arn: string): Promise<string> {
  // Both texts recorded from AWS: the first on PutRolePermissionsBoundary, the second on CreateUser, too.
  const policy = await findPolicyByArn(call, arn, () => call.fail("InvalidInputException", `ARN ${arn} is not valid.`));
  if (policy === undefined || isReserved(policy)) {
    // CreateRole's model does not list this error, and AWS gives it all the same (reported with Terraform).
    throw refusal("NoSuchEntityException", `Scope ARN: ${arn} does not exist or is not attachable.`);
  }
  return policy.policy_id;
}

/** `iam:PermissionsBoundary` is the boundary that is to be, or the one that is to go (Service Authorization Reference). */
export function withBoundary<R extends Resource>(resource: R, arn: string | null): R {
  if (arn === null) return resource;
  return { ...resource, conditions: { ...resource.conditions, "iam:permissionsboundary": [arn] } };
}

/** That there is none to delete is an error, too (recorded from AWS, 2026-09). The text is ours. */
export function noBoundary(call: Call<"NoSuchEntityException">, kind: "user" | "role", name: string): never {
  return call.fail(
    "NoSuchEntityException",
    `The permissions boundary of the ${kind} with name ${name} cannot be found.`,
  );
}
