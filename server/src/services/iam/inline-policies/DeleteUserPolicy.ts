import { iam } from "../iam.ts";
import { attachableUser } from "../principals.ts";
import { deleteInlinePolicy } from "./inline-policy.ts";

export const DeleteUserPolicy = iam("DeleteUserPolicy", {
  resource: (input, call) => attachableUser(call, input.UserName),
  handle: (input, call, owner) => deleteInlinePolicy(call, owner, input.PolicyName),
});
