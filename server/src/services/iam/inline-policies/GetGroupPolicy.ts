import { iam } from "../iam.ts";
import { encodeDocument } from "../policy-document.ts";
import { attachableGroup } from "../principals.ts";
import { requireInlinePolicy } from "./inline-policy.ts";

export const GetGroupPolicy = iam("GetGroupPolicy", {
  resource: (input, call) => attachableGroup(call, input.GroupName),

  async handle(input, call, owner) {
    const policy = await requireInlinePolicy(call, owner, input.PolicyName);
    return {
      GroupName: owner.name,
      PolicyName: policy.policy_name,
      PolicyDocument: encodeDocument(policy.document),
    };
  },
});
