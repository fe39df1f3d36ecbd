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
      // The name as it was asked for, in that case (observed 2026-09).
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(policy.document),
    };
  },
});
