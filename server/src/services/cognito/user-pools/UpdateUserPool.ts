import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { refuseWhileImporting } from "../import-jobs/in-progress.ts";
import { mergeTags } from "../tags/tags.ts";
import { configure } from "./configuration.ts";
import { refuseContradictions } from "./contradictions.ts";
import { configurationOf, requireUserPool } from "./user-pool.ts";

export const UpdateUserPool = cognito("UpdateUserPool", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    await refuseWhileImporting(call, pool);
    const configuration = configure(configurationOf(pool), input);
    refuseContradictions(call, configuration, input);
    await userPools.update(call.tx, {
      pool_id: pool.pool_id,
      name: input.PoolName ?? pool.name,
      modified_at: call.now,
      configuration_json: JSON.stringify(configuration),
    });
    if (input.UserPoolTags === undefined) return;
    // All of the pool's tags (measured, 2026-09), unlike TagResource.
    const tags = mergeTags(call, "UserPoolTaggingException", {}, input.UserPoolTags);
    await userPools.setTags(call.tx, pool.pool_id, tags);
  },
});
