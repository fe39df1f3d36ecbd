import { policies } from "../../store/policies.ts";
import type { UserRow } from "../../store/users.ts";
import type { Call } from "../operation.ts";
import { findPolicyByArn } from "./managed-policies/policy.ts";

/** Takes a managed policy as a permissions boundary: it must exist, and it counts where it is used. */
export async function boundaryPolicy(
  call: Call<"InvalidInputException" | "NoSuchEntityException">,
  arn: string,
  uses: 1 | -1,
): Promise<void> {
  const policy = await findPolicyByArn(call, arn, () => call.fail("InvalidInputException", `ARN ${arn} is not valid.`));
  if (policy === undefined) {
    // Recorded from AWS on PutRolePermissionsBoundary.
    return call.fail("NoSuchEntityException", `Scope ARN: ${arn} does not exist or is not attachable.`);
  }
  await policies.countBoundary(call.tx, policy.policy_id, uses);
}

/** A deleted user no longer counts as a use of its boundary. */
export async function releaseBoundary(call: Call, user: UserRow): Promise<void> {
  if (user.permissions_boundary_arn === null) return;
  const policy = await findPolicyByArn(call, user.permissions_boundary_arn, () => undefined);
  if (policy !== undefined) await policies.countBoundary(call.tx, policy.policy_id, -1);
}
