import { roles } from "../../../store/roles.ts";
import { noBoundary, withBoundary } from "../boundary.ts";
import { iam } from "../iam.ts";
import { refuseServiceLinked, requireRole } from "./role.ts";

export const DeleteRolePermissionsBoundary = iam("DeleteRolePermissionsBoundary", {
  async resource(input, call) {
    const resource = await requireRole(call, input.RoleName);
    return withBoundary(resource, resource.role.permissions_boundary_arn);
  },

  async handle(_input, call, { role }) {
    refuseServiceLinked(call, role);
    if (role.permissions_boundary_arn === null) noBoundary(call, "role", role.role_name);
    await roles.setPermissionsBoundary(call.tx, role, null);
  },
});
