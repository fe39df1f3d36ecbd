import { poolProperties } from "../../../store/pool-properties.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { readRiskSettings, requireRiskOwner, riskConfiguration } from "./risk-configuration.ts";

export const SetRiskConfiguration = cognito("SetRiskConfiguration", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { tx, now } = call;
    const clientId = await requireRiskOwner(call, pool, input.ClientId);
    const settings = readRiskSettings(call, input);
    // Nothing but the ids goes back to the defaults (API reference).
    if (Object.values(settings).every((value) => value === undefined)) {
      await poolProperties.delete(tx, pool.pool_id, clientId ?? "", "risk");
    } else {
      await poolProperties.set(tx, pool.pool_id, clientId ?? "", "risk", { value: settings, modified_at: now });
    }
    return { RiskConfiguration: await riskConfiguration(tx, pool.pool_id, clientId) };
  },
});
