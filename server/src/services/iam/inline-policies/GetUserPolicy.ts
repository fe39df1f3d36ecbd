import { iam } from "../iam.ts";
import { encodeDocument } from "../policy-document.ts";
import { attachableUser } from "../principals.ts";
import { requireInlinePolicy } from "./inline-policy.ts";

export const GetUserPolicy = iam("GetUserPolicy", {
  resource: (input, call) => attachableUser(call, input.UserName),

  async handle(input, call, owner) {
    const policy = await requireInlinePolicy(call, owner, input.PolicyName);
    return {
      UserName: owner.name,
      PolicyName: policy.policy_name,
      PolicyDocument: encodeDocument(policy.document),
    };
  },
});
