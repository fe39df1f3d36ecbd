import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { requireRole } from "./role.ts";

export const UpdateRole = iam("UpdateRole", {
  resource: (input, call) => requireRole(call, input.RoleName),

  async handle(input, call, { role }) {
    const { Description, MaxSessionDuration } = input;
    if (role.service_name !== null && MaxSessionDuration !== undefined) {
      // Recorded from AWS, 2026-09; the description of such a role may be changed.
      call.fail(
        "UnmodifiableEntityException",
        `${role.role_name} is an AWS service linked role, max session duration cannot be changed.`,
      );
    }
    // What is left out stays (recorded from AWS, 2026-09), though the API reference speaks of a default of one hour.
    const description = Description ?? role.description;
    await roles.describe(call.tx, role.role_id, description, MaxSessionDuration ?? role.max_session_duration);
  },
});
