import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { requireOwnPolicy } from "./policy.ts";
import { requireVersion } from "./policy-version.ts";

export const SetDefaultPolicyVersion = iam("SetDefaultPolicyVersion", {
  resource: (input, call) => requireVersion(call, input.PolicyArn, input.VersionId),

  async handle(_input, call, { policy, version }) {
    requireOwnPolicy(call, policy, "Cannot update policies outside your own account.");
    await policies.setDefaultVersion(call.tx, policy.policy_id, version.version);
  },
});
