import { iam } from "../iam.ts";
import { changeableUser } from "../principals.ts";
import { putInlinePolicy } from "./inline-policy.ts";

export const PutUserPolicy = iam("PutUserPolicy", {
  resource: (input, call) => changeableUser(call, input.UserName),
  handle: (input, call, owner) => putInlinePolicy(call, owner, input.PolicyName, input.PolicyDocument),
});
