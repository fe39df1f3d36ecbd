import { requirePublicClient } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { signInCall } from "./sign-in.ts";
import { startSignIn } from "./start.ts";

export const InitiateAuth = cognito("InitiateAuth", {
  // Passwords are checked and tokens signed outside any transaction, and a failure is counted though it is refused.
  transaction: "own",

  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const context = await call.environment.store.read((tx) => requirePublicClient(call, tx, input.ClientId));
    return startSignIn(signInCall(call), context, input, "user");
  },
});
