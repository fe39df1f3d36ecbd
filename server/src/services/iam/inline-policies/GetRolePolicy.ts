import { iam } from "../iam.ts";
import { encodeDocument } from "../policy-document.ts";
import { attachableRole } from "../principals.ts";
import { requireInlinePolicy } from "./inline-policy.ts";

export const GetRolePolicy = iam("GetRolePolicy", {
  resource: (input, call) => attachableRole(call, input.RoleName),

  async handle(input, call, owner) {
    const policy = await requireInlinePolicy(call, owner, input.PolicyName);
    return {
      RoleName: owner.name,
      // The name as it was asked for, in that case (observed 2026-09).
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(policy.document),
    };
  },
});
