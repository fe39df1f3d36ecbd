import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { mergeTags } from "../tags.ts";
import { requireRole } from "./role.ts";

export const TagRole = iam("TagRole", {
  resource: (input, call) => requireRole(call, input.RoleName),

  async handle(input, call, { role }) {
    // Recorded from AWS for users, 2026-09, with the blank at its end.
    if (input.Tags.length === 0) call.fail("InvalidInputException", "Error occurred while validating input. ");
    const tags = mergeTags(call, role.tags, input.Tags, call.environment.quotas.TagsPerRole);
    await roles.setTags(call.tx, role.role_id, tags);
  },
});
