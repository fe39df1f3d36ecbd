import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { iam } from "../iam.ts";
import { requireInstanceProfile } from "./instance-profile.ts";

export const DeleteInstanceProfile = iam("DeleteInstanceProfile", {
  resource: (input, call) => requireInstanceProfile(call, input.InstanceProfileName),

  async handle(_input, call, { profile }) {
    if (profile.role_id !== null) {
      // Recorded from AWS, 2026-02.
      call.fail("DeleteConflictException", "Cannot delete entity, must remove roles from instance profile first.");
    }
    await instanceProfiles.delete(call.tx, profile);
  },
});
