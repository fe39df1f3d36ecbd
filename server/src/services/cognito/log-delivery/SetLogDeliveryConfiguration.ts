import { poolProperties } from "../../../store/pool-properties.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { logDeliveryConfiguration, refuseWrongLogs } from "./log-delivery.ts";

export const SetLogDeliveryConfiguration = cognito("SetLogDeliveryConfiguration", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    refuseWrongLogs(call, pool, input.LogConfigurations);
    await poolProperties.set(call.tx, pool.pool_id, "", "log-delivery", {
      value: input.LogConfigurations,
      modified_at: call.now,
    });
    return { LogDeliveryConfiguration: await logDeliveryConfiguration(call.tx, pool.pool_id) };
  },
});
