import { partitionOf } from "../../../access/caller.ts";
import { poolReplicas } from "../../../store/pool-replicas.ts";
import { cognito } from "../cognito.ts";
import { mergeTags } from "../tags/tags.ts";
import { configurationOf, requireUserPool } from "../user-pools/user-pool.ts";
import { replicaShape } from "./replica.ts";

const regionName = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

export const CreateUserPoolReplica = cognito("CreateUserPoolReplica", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  /** The texts are ours, the plan's but for the name of the feature. */
  async handle(input, call, { pool }) {
    const { tx, now } = call;
    const { RegionName: region, UserPoolTags = {} } = input;
    if (configurationOf(pool).UserPoolTier === "LITE") {
      call.fail(
        "FeatureUnavailableInTierException",
        "The following feature is not available for the LITE pricing tier configured: Multi-Region Replication",
      );
    }
    if (!regionName.test(region) || partitionOf(region) !== partitionOf(pool.region)) {
      call.fail("InvalidParameterException", `${region} is not a Region that the user pool can be replicated to.`);
    }
    if (region === pool.region || (await poolReplicas.find(tx, pool.pool_id, region)) !== undefined) {
      call.fail("InvalidParameterException", `User pool ${pool.pool_id} is in ${region} already.`);
    }
    const quota = call.environment.quotas.ReplicasPerUserPool;
    if ((await poolReplicas.list(tx, pool.pool_id, "", quota)).length >= quota) {
      call.fail("LimitExceededException", `Cannot exceed the quota of ${quota} replicas.`);
    }
    await poolReplicas.insert(tx, {
      pool_id: pool.pool_id,
      region,
      // It is made by the time that anybody asks again, and serves nobody until it is told to.
      status: "INACTIVE",
      tags_json: JSON.stringify(mergeTags(call, "UserPoolTaggingException", {}, UserPoolTags)),
      created_at: now,
    });
    return { UserPoolReplica: replicaShape(pool, region, "CREATING") };
  },
});
