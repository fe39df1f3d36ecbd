import { requireClientOfPool } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { requirePool } from "../users/user-of-pool.ts";
import { signInCall } from "./sign-in.ts";
import { startSignIn } from "./start.ts";

export const AdminInitiateAuth = cognito("AdminInitiateAuth", {
  // Passwords are checked and tokens signed outside any transaction, and a failure is counted though it is refused.
  transaction: "own",

  resource: (input, call) => requirePool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const context = await call.environment.store.read((tx) =>
      requireClientOfPool(call, tx, pool.pool_id, input.ClientId),
    );
    return startSignIn(signInCall(call), context, input, "administrator");
  },
});
