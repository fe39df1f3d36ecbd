import { iam } from "../iam.ts";
import { attachableGroup } from "../principals.ts";
import { attachPolicy, withPolicyArn } from "./attachment.ts";

export const AttachGroupPolicy = iam("AttachGroupPolicy", {
  resource: async (input, call) => withPolicyArn(await attachableGroup(call, input.GroupName), input.PolicyArn),
  handle: (input, call, owner) => attachPolicy(call, owner, input.PolicyArn),
});
