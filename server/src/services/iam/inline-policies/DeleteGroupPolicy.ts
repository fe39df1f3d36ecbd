import { iam } from "../iam.ts";
import { attachableGroup } from "../principals.ts";
import { deleteInlinePolicy } from "./inline-policy.ts";

export const DeleteGroupPolicy = iam("DeleteGroupPolicy", {
  resource: (input, call) => attachableGroup(call, input.GroupName),
  handle: (input, call, owner) => deleteInlinePolicy(call, owner, input.PolicyName),
});
