import { iam } from "../iam.ts";
import { changeableRole } from "../principals.ts";
import { refuseServiceLinked } from "../roles/role.ts";
import { attachPolicy, withPolicyArn } from "./attachment.ts";

export const AttachRolePolicy = iam("AttachRolePolicy", {
  resource: async (input, call) => withPolicyArn(await changeableRole(call, input.RoleName), input.PolicyArn),

  handle(input, call, owner) {
    refuseServiceLinked(call, owner.role);
    return attachPolicy(call, owner, input.PolicyArn);
  },
});
