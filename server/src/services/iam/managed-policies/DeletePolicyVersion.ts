import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { requireOwnArn } from "./policy.ts";
import { requireVersion } from "./policy-version.ts";

export const DeletePolicyVersion = iam("DeletePolicyVersion", {
  resource(input, call) {
    requireOwnArn(call, input.PolicyArn, (resource) =>
      call.missing(resource, "AccessDenied", "Cannot delete policy versions for policies outside your own account."),
    );
    return requireVersion(call, input.PolicyArn, input.VersionId);
  },

  async handle(_input, call, { policy, version }) {
    if (version.version === policy.default_version) {
      call.fail("DeleteConflictException", "Cannot delete the default version of a policy.");
    }
    await policies.deleteVersion(call.tx, policy.policy_id, version.version);
  },
});
