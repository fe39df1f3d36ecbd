import { inlinePolicies } from "../../../store/inline-policies.ts";
import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { refuseServiceLinked, requireRole } from "./role.ts";

export const DeleteRole = iam("DeleteRole", {
  resource: (input, call) => requireRole(call, input.RoleName),

  async handle(_input, call, { role }) {
    const { tx } = call;
    refuseServiceLinked(call, role);
    const conflict = (what: string) =>
      call.fail("DeleteConflictException", `Cannot delete entity, must ${what} first.`);
    // Texts recorded from AWS, 2026-02; which of several it names first is not known.
    if ((await instanceProfiles.countOfRole(tx, role.role_id)) > 0) conflict("remove roles from instance profile");
    if ((await policyAttachments.count(tx, role.role_id)) > 0) conflict("detach all policies");
    if ((await inlinePolicies.list(tx, role.role_id, "", 1)).length > 0) conflict("delete policies");
    await roles.delete(tx, role);
  },
});
