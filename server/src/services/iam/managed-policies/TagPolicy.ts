import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { requireTaggablePolicy } from "./policy-tags.ts";

export const TagPolicy = iam("TagPolicy", {
  resource: (input, call) => requireTaggablePolicy(call, input.PolicyArn),

  async handle(input, call, { policy }) {
    const tags = mergeTags(call, policy.tags, input.Tags, call.environment.quotas.TagsPerPolicy, exactKeys);
    await policies.setTags(call.tx, policy.policy_id, tags);
  },
});
