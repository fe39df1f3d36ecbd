import { requireClientOfPool } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { ssoSession } from "./session-configuration.ts";

export const GetUserPoolClientSessionConfiguration = cognito("GetUserPoolClientSessionConfiguration", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle({ ClientId }, call, { pool }) {
    await requireClientOfPool(call, call.tx, pool.pool_id, ClientId);
    return { UserPoolId: pool.pool_id, ClientId, SSOSession: await ssoSession(call.tx, pool.pool_id, ClientId) };
  },
});
