import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { requireOwnArn } from "./policy.ts";
import { requireVersion } from "./policy-version.ts";

export const SetDefaultPolicyVersion = iam("SetDefaultPolicyVersion", {
  resource(input, call) {
    requireOwnArn(call, input.PolicyArn, (resource) =>
      call.missing(resource, "AccessDenied", "Cannot update policies outside your own account."),
    );
    return requireVersion(call, input.PolicyArn, input.VersionId);
  },

  async handle(_input, call, { policy, version }) {
    await policies.setDefaultVersion(call.tx, policy.policy_id, version.version);
  },
});
