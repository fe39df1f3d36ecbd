import { requireClientOfPool } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { requirePool } from "../users/user-of-pool.ts";
import { respondToChallenge } from "./respond.ts";
import { signInCall } from "./sign-in.ts";

export const AdminRespondToAuthChallenge = cognito("AdminRespondToAuthChallenge", {
  // As AdminInitiateAuth.
  transaction: "own",

  resource: (input, call) => requirePool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const context = await call.environment.store.read((tx) =>
      requireClientOfPool(call, tx, pool.pool_id, input.ClientId),
    );
    return respondToChallenge(signInCall(call), context, input);
  },
});
