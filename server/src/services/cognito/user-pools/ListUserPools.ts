import { userPools } from "../../../store/user-pools.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { replicaRegions } from "../replicas/replica.ts";
import { userPoolListItem } from "./user-pool.ts";

export const ListUserPools = cognito("ListUserPools", {
  resource: () => ({ arn: "*" }),

  async handle(input, call) {
    const limit = input.MaxResults;
    const after = decodeNextToken(call, input.NextToken);
    const found = await userPools.list(call.tx, call.accountId, call.region, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (pool) => pool.pool_id);
    const regions = await replicaRegions(call, rows);
    const UserPools = rows.map((pool) => ({ ...userPoolListItem(pool), ReplicaRegions: regions.get(pool.pool_id) }));
    return { UserPools, ...more };
  },
});
