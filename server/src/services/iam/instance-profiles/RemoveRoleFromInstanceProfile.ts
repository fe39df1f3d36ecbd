import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { noSuchRole, refuseServiceLinked } from "../roles/role.ts";
import { requireInstanceProfile } from "./instance-profile.ts";

/* All texts recorded from AWS, 2026: of a service's role, that it is protected comes before that it is not in there. */
export const RemoveRoleFromInstanceProfile = iam("RemoveRoleFromInstanceProfile", {
  resource: (input, call) => requireInstanceProfile(call, input.InstanceProfileName),

  async handle(input, call, { profile }) {
    const role = await roles.find(call.tx, call.accountId, input.RoleName);
    if (role === undefined) return call.fail("NoSuchEntityException", noSuchRole(input.RoleName));
    refuseServiceLinked(call, role);
    if (profile.role_id !== role.role_id) {
      call.fail(
        "NoSuchEntityException",
        `Role ${input.RoleName} in Instance Profile ${input.InstanceProfileName} cannot be found.`,
      );
    }
    await instanceProfiles.setRole(call.tx, profile.instance_profile_id, null);
  },
});
