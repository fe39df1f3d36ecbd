import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { requireRole, roleSummary } from "./role.ts";

export const UpdateRoleDescription = iam("UpdateRoleDescription", {
  resource: (input, call) => requireRole(call, input.RoleName),

  async handle(input, call, { role }) {
    const { Description } = input;
    await roles.describe(call.tx, role.role_id, Description, role.max_session_duration);
    return { Role: { ...(await roleSummary(call, role)), Description } };
  },
});
