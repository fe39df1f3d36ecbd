import { poolGroups } from "../../../store/pool-groups.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { groupShape, pageSize } from "./group.ts";

export const ListGroups = cognito("ListGroups", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const limit = pageSize(call, input.Limit);
    const after = decodeNextToken(call, input.NextToken);
    const found = await poolGroups.list(call.tx, pool.pool_id, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (group) => group.group_name);
    return { Groups: rows.map(groupShape), ...more };
  },
});
