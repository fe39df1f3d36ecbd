import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { exactKeys, removeTags } from "../tags.ts";
import { requireTaggablePolicy } from "./policy-tags.ts";

export const UntagPolicy = iam("UntagPolicy", {
  resource: (input, call) => requireTaggablePolicy(call, input.PolicyArn),

  async handle(input, call, { policy }) {
    await policies.setTags(call.tx, policy.policy_id, removeTags(policy.tags, input.TagKeys, exactKeys));
  },
});
