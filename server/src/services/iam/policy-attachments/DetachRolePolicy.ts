import { iam } from "../iam.ts";
import { changeableRole } from "../principals.ts";
import { refuseServiceLinked } from "../roles/role.ts";
import { detachPolicy, withPolicyArn } from "./attachment.ts";

export const DetachRolePolicy = iam("DetachRolePolicy", {
  resource: async (input, call) => withPolicyArn(await changeableRole(call, input.RoleName), input.PolicyArn),

  handle(input, call, owner) {
    refuseServiceLinked(call, owner.role);
    return detachPolicy(call, owner, input.PolicyArn);
  },
});
