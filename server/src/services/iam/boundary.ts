import type { Call } from "../operation.ts";
import { findPolicyByArn, isReserved } from "./managed-policies/policy.ts";

/** The id of the managed policy that is to be a permissions boundary. */
export async function boundaryPolicyId(
  call: Call<"InvalidInputException" | "NoSuchEntityException">,
  arn: string,
): Promise<string> {
  // Both texts recorded from AWS: the first on PutRolePermissionsBoundary, the second on CreateUser, too.
  const policy = await findPolicyByArn(call, arn, () => call.fail("InvalidInputException", `ARN ${arn} is not valid.`));
  if (policy === undefined || isReserved(policy)) {
    return call.fail("NoSuchEntityException", `Scope ARN: ${arn} does not exist or is not attachable.`);
  }
  return policy.policy_id;
}
