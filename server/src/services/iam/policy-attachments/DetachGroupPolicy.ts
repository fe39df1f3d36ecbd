import { iam } from "../iam.ts";
import { attachableGroup } from "../principals.ts";
import { detachPolicy, withPolicyArn } from "./attachment.ts";

export const DetachGroupPolicy = iam("DetachGroupPolicy", {
  resource: async (input, call) => withPolicyArn(await attachableGroup(call, input.GroupName), input.PolicyArn),
  handle: (input, call, owner) => detachPolicy(call, owner, input.PolicyArn),
});
