import { iam } from "../iam.ts";
import { attachableGroup } from "../principals.ts";
import { putInlinePolicy } from "./inline-policy.ts";

export const PutGroupPolicy = iam("PutGroupPolicy", {
  resource: (input, call) => attachableGroup(call, input.GroupName),
  handle: (input, call, owner) => putInlinePolicy(call, owner, input.PolicyName, input.PolicyDocument),
});
