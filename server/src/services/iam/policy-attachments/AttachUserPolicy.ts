import { iam } from "../iam.ts";
import { changeableUser } from "../principals.ts";
import { attachPolicy, withPolicyArn } from "./attachment.ts";

export const AttachUserPolicy = iam("AttachUserPolicy", {
  resource: async (input, call) => withPolicyArn(await changeableUser(call, input.UserName), input.PolicyArn),
  handle: (input, call, owner) => attachPolicy(call, owner, input.PolicyArn),
});
