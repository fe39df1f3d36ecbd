import { iam } from "../iam.ts";
import { requireRole, roleDetail } from "./role.ts";

export const GetRole = iam("GetRole", {
  resource: (input, call) => requireRole(call, input.RoleName),
  handle: async (_input, call, { role }) => ({ Role: await roleDetail(call, role) }),
});
