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
      // The name as it was asked for, in that case (observed 2026-09).
      PolicyName: input.PolicyName,
      PolicyDocument: encodeDocument(policy.document),
    };
  },
});
