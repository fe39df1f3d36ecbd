import { iam } from "../iam.ts";
import { changeableRole } from "../principals.ts";
import { refuseServiceLinked } from "../roles/role.ts";
import { deleteInlinePolicy } from "./inline-policy.ts";

export const DeleteRolePolicy = iam("DeleteRolePolicy", {
  resource: (input, call) => changeableRole(call, input.RoleName),

  handle(input, call, owner) {
    refuseServiceLinked(call, owner.role);
    return deleteInlinePolicy(call, owner, input.PolicyName);
  },
});
