import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { removeTags } from "../tags.ts";
import { requireRole } from "./role.ts";

export const UntagRole = iam("UntagRole", {
  resource: (input, call) => requireRole(call, input.RoleName),

  async handle(input, call, { role }) {
    await roles.setTags(call.tx, role.role_id, removeTags(role.tags, input.TagKeys));
  },
});
