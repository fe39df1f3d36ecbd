import { iam } from "../iam.ts";
import { exactKeys, listTags } from "../tags.ts";
import { requirePolicy } from "./policy.ts";

export const ListPolicyTags = iam("ListPolicyTags", {
  resource: (input, call) => requirePolicy(call, input.PolicyArn),
  handle: (input, call, { policy }) => listTags(call, policy.tags, input, exactKeys),
});
