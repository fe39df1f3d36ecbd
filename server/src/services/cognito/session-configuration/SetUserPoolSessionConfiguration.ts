import { poolProperties } from "../../../store/pool-properties.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { refuseSessionsBelowPlan } from "./session-configuration.ts";

export const SetUserPoolSessionConfiguration = cognito("SetUserPoolSessionConfiguration", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle({ UserSessionTracking, TokenSession }, call, { pool }) {
    refuseSessionsBelowPlan(call, pool);
    const value = { UserSessionTracking, TokenSession };
    await poolProperties.set(call.tx, pool.pool_id, "", "sessions", { value, modified_at: call.now });
    return { UserPoolId: pool.pool_id, ...value };
  },
});
