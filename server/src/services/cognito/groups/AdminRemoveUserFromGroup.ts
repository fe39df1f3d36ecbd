import { poolGroups } from "../../../store/pool-groups.ts";
import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";

export const AdminRemoveUserFromGroup = cognito("AdminRemoveUserFromGroup", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  // Who is not in the group is removed from it without a word, and so they are if there is none (recorded from AWS, 2026-09).
  async handle({ GroupName }, call, { pool, user }) {
    const group = await poolGroups.find(call.tx, pool.pool_id, GroupName);
    if (group !== undefined) await poolGroups.removeMember(call.tx, group, user.user_id);
  },
});
