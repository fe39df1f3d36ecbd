import { poolReplicas } from "../../../store/pool-replicas.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { replicaShape, requireReplica } from "./replica.ts";

export const UpdateUserPoolReplica = cognito("UpdateUserPoolReplica", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { region } = await requireReplica(call, pool, input.RegionName);
    await poolReplicas.setStatus(call.tx, pool.pool_id, region, input.Status);
    return { UserPoolReplica: replicaShape(pool, region, input.Status) };
  },
});
