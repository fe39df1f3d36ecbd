import { poolGroups } from "../../../store/pool-groups.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { groupShape, pageSize } from "./group.ts";

export const AdminListGroupsForUser = cognito("AdminListGroupsForUser", {
  transaction: "read",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, { user }) {
    const limit = pageSize(call, input.Limit);
    const after = decodeNextToken(call, input.NextToken);
    const found = await poolGroups.listOfUser(call.tx, user.user_id, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (group) => group.group_name);
    return { Groups: rows.map(groupShape), ...more };
  },
});
