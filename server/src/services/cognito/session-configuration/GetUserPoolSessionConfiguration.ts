import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { poolSessions } from "./session-configuration.ts";

export const GetUserPoolSessionConfiguration = cognito("GetUserPoolSessionConfiguration", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  handle: async (_input, call, { pool }) => ({
    UserPoolId: pool.pool_id,
    ...(await poolSessions(call.tx, pool.pool_id)),
  }),
});
