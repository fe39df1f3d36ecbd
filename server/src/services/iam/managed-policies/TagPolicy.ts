import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { mergeTags } from "../tags.ts";
import { requireOwnPolicy, requirePolicy } from "./policy.ts";

export const TagPolicy = iam("TagPolicy", {
  resource: (input, call) => requirePolicy(call, input.PolicyArn),

  async handle(input, call, { policy }) {
    requireOwnPolicy(call, policy, "Cannot update policies outside your own account.");
    const tags = mergeTags(call, policy.tags, input.Tags, call.environment.quotas.TagsPerPolicy);
    await policies.setTags(call.tx, policy.policy_id, tags);
  },
});
