import { iam } from "../iam.ts";
import { changeableUser } from "../principals.ts";
import { deleteInlinePolicy } from "./inline-policy.ts";

export const DeleteUserPolicy = iam("DeleteUserPolicy", {
  resource: (input, call) => changeableUser(call, input.UserName),
  handle: (input, call, owner) => deleteInlinePolicy(call, owner, input.PolicyName),
});
