import { iam } from "../iam.ts";
import { changeableRole } from "../principals.ts";
import { refuseServiceLinked } from "../roles/role.ts";
import { putInlinePolicy } from "./inline-policy.ts";

export const PutRolePolicy = iam("PutRolePolicy", {
  resource: (input, call) => changeableRole(call, input.RoleName),

  handle(input, call, owner) {
    refuseServiceLinked(call, owner.role);
    return putInlinePolicy(call, owner, input.PolicyName, input.PolicyDocument);
  },
});
