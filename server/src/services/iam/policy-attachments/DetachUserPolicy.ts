import { iam } from "../iam.ts";
import { changeableUser } from "../principals.ts";
import { detachPolicy, withPolicyArn } from "./attachment.ts";

export const DetachUserPolicy = iam("DetachUserPolicy", {
  resource: async (input, call) => withPolicyArn(await changeableUser(call, input.UserName), input.PolicyArn),
  handle: (input, call, owner) => detachPolicy(call, owner, input.PolicyArn),
});
