import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { refuseServiceLinked, requireRole } from "./role.ts";
import { storedTrust } from "./trust-document.ts";

export const UpdateAssumeRolePolicy = iam("UpdateAssumeRolePolicy", {
  resource: (input, call) => requireRole(call, input.RoleName),

  async handle(input, call, { role }) {
    refuseServiceLinked(call, role);
    await roles.setTrust(call.tx, role.role_id, await storedTrust(call, input.PolicyDocument));
  },
});
