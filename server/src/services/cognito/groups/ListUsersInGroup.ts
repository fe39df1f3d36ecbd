import { poolGroups } from "../../../store/pool-groups.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { listedUserShape } from "../users/pool-user.ts";
import { pageSize, requireGroup } from "./group.ts";

export const ListUsersInGroup = cognito("ListUsersInGroup", {
  resource: (input, call) => requireGroup(call, input.UserPoolId, input.GroupName),

  async handle(input, call, { group }) {
    const limit = pageSize(call, input.Limit);
    const after = decodeNextToken(call, input.NextToken);
    const found = await poolGroups.listMembers(call.tx, group, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (user) => user.user_id);
    return { Users: rows.map(listedUserShape), ...more };
  },
});
