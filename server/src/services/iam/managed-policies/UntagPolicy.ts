import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { removeTags } from "../tags.ts";
import { requireOwnPolicy, requirePolicy } from "./policy.ts";

export const UntagPolicy = iam("UntagPolicy", {
  resource: (input, call) => requirePolicy(call, input.PolicyArn),

  async handle(input, call, { policy }) {
    requireOwnPolicy(call, policy, "Cannot update policies outside your own account.");
    await policies.setTags(call.tx, policy.policy_id, removeTags(policy.tags, input.TagKeys));
  },
});
