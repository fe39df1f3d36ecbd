import { iam } from "../iam.ts";
import { listTags } from "../tags.ts";
import { requireRole } from "./role.ts";

export const ListRoleTags = iam("ListRoleTags", {
  resource: (input, call) => requireRole(call, input.RoleName),
  handle: (input, call, { role }) => listTags(call, role.tags, input),
});
