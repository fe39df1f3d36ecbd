import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { logDeliveryConfiguration } from "./log-delivery.ts";

export const GetLogDeliveryConfiguration = cognito("GetLogDeliveryConfiguration", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  handle: async (_input, call, { pool }) => ({
    LogDeliveryConfiguration: await logDeliveryConfiguration(call.tx, pool.pool_id),
  }),
});
