import { roles } from "../../../store/roles.ts";
import { boundaryPolicyId, withBoundary } from "../boundary.ts";
import { iam } from "../iam.ts";
import { refuseServiceLinked, requireRole } from "./role.ts";

export const PutRolePermissionsBoundary = iam("PutRolePermissionsBoundary", {
  resource: async (input, call) => withBoundary(await requireRole(call, input.RoleName), input.PermissionsBoundary),

  async handle(input, call, { role }) {
    refuseServiceLinked(call, role);
    const arn = input.PermissionsBoundary;
    await roles.setPermissionsBoundary(call.tx, role, { arn, policyId: await boundaryPolicyId(call, arn) });
  },
});
