import { requirePublicClient } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { respondToChallenge } from "./respond.ts";
import { signInCall } from "./sign-in.ts";

export const RespondToAuthChallenge = cognito("RespondToAuthChallenge", {
  // As InitiateAuth.
  transaction: "own",

  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const context = await call.environment.store.read((tx) => requirePublicClient(call, tx, input.ClientId));
    return respondToChallenge(signInCall(call), context, input);
  },
});
