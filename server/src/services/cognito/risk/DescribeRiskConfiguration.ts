import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { requireRiskOwner, riskConfiguration } from "./risk-configuration.ts";

export const DescribeRiskConfiguration = cognito("DescribeRiskConfiguration", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const clientId = await requireRiskOwner(call, pool, input.ClientId);
    return { RiskConfiguration: await riskConfiguration(call.tx, pool.pool_id, clientId) };
  },
});
