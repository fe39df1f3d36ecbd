import { poolReplicas } from "../../../store/pool-replicas.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { replicaShape, statusOf } from "./replica.ts";

const pageSize = 10;

export const ListUserPoolReplicas = cognito("ListUserPoolReplicas", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  /** By region, the primary one among the others (API reference's example). */
  async handle(input, call, { pool }) {
    const after = decodeNextToken(call, input.NextToken);
    const found = await poolReplicas.list(call.tx, pool.pool_id, after, pageSize + 1);
    const replicas = found.map((replica) => replicaShape(pool, replica.region, statusOf(replica)));
    if (pool.region > after) replicas.push(replicaShape(pool, pool.region, "ACTIVE"));
    const region = ({ RegionName = "" }: (typeof replicas)[number]) => RegionName;
    replicas.sort((a, b) => (region(a) < region(b) ? -1 : 1));
    const { rows, ...more } = tokenPage(replicas.slice(0, pageSize + 1), pageSize, region);
    return { UserPoolReplicas: [...rows], ...more };
  },
});
