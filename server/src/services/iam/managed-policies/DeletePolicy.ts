import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { requireOwnArn, requirePolicy } from "./policy.ts";

export const DeletePolicy = iam("DeletePolicy", {
  resource(input, call) {
    requireOwnArn(call, input.PolicyArn, (resource) =>
      call.missing(resource, "AccessDenied", "Cannot delete policies outside your own account."),
    );
    return requirePolicy(call, input.PolicyArn);
  },

  async handle(_input, call, { policy }) {
    if (policy.attachment_count + policy.boundary_count > 0) {
      call.fail("DeleteConflictException", "Cannot delete a policy attached to entities.");
    }
    if ((await policies.countVersions(call.tx, policy.policy_id)) > 1) {
      // IAM API reference: every version but the default must be deleted first.
      call.fail(
        "DeleteConflictException",
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    await policies.delete(call.tx, policy);
  },
});
