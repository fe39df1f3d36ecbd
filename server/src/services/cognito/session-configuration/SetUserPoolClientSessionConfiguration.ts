import { poolProperties } from "../../../store/pool-properties.ts";
import { requireClientOfPool } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { poolSessions, refuseSessionsBelowPlan } from "./session-configuration.ts";

export const SetUserPoolClientSessionConfiguration = cognito("SetUserPoolClientSessionConfiguration", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle({ ClientId, SSOSession }, call, { pool }) {
    const { tx } = call;
    await requireClientOfPool(call, tx, pool.pool_id, ClientId);
    refuseSessionsBelowPlan(call, pool);
    if ((await poolSessions(tx, pool.pool_id)).UserSessionTracking !== "ENABLED") {
      // The rule is the API reference's, the text is ours.
      call.fail("InvalidParameterException", "Session tracking must be enabled for the user pool.");
    }
    await poolProperties.set(tx, pool.pool_id, ClientId, "sessions", { value: SSOSession, modified_at: call.now });
    return { UserPoolId: pool.pool_id, ClientId, SSOSession };
  },
});
