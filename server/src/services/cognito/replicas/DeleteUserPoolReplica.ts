import { poolReplicas } from "../../../store/pool-replicas.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { replicaShape, requireReplica } from "./replica.ts";

export const DeleteUserPoolReplica = cognito("DeleteUserPoolReplica", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { region, status } = await requireReplica(call, pool, input.RegionName);
    if (status !== "INACTIVE") {
      // The rule is the API reference's, the text is ours.
      call.fail("InvalidParameterException", `The replica in ${region} must be INACTIVE to be deleted.`);
    }
    await poolReplicas.delete(call.tx, pool.pool_id, region);
    return { UserPoolReplica: replicaShape(pool, region, "DELETING") };
  },
});
