import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { refuseContradictions } from "../user-pools/contradictions.ts";
import { requirePool } from "../users/user-of-pool.ts";
import { configureMfa, poolMfaShape } from "./pool-mfa.ts";

export const SetUserPoolMfaConfig = cognito("SetUserPoolMfaConfig", {
  resource: (input, call) => requirePool(call, input.UserPoolId),

  async handle(input, call, { pool, configuration: before }) {
    const configuration = configureMfa(call, before, input);
    refuseContradictions(call, configuration, {});
    await userPools.update(call.tx, {
      pool_id: pool.pool_id,
      name: pool.name,
      modified_at: call.now,
      configuration_json: JSON.stringify(configuration),
    });
    return poolMfaShape(configuration);
  },
});
