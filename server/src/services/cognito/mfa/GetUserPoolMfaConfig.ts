import { cognito } from "../cognito.ts";
import { requirePool } from "../users/user-of-pool.ts";
import { poolMfaShape } from "./pool-mfa.ts";

export const GetUserPoolMfaConfig = cognito("GetUserPoolMfaConfig", {
  resource: (input, call) => requirePool(call, input.UserPoolId),

  handle: (_input, _call, { configuration }) => poolMfaShape(configuration),
});
