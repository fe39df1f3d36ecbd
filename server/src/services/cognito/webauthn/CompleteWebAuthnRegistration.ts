import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { registerPasskey } from "./register-passkey.ts";
import { relyingPartyOf } from "./relying-party.ts";

export const CompleteWebAuthnRegistration = cognito("CompleteWebAuthnRegistration", {
  // Keys are read by asynchronous functions.
  transaction: "own",

  resource: async (input, call) => {
    const authorized = await requireAccessToken(call, call.tx, input.AccessToken);
    return {
      arn: "*",
      public: true as const,
      authorized,
      relyingPartyId: (await relyingPartyOf(call.tx, authorized)) ?? "",
    };
  },

  async handle(input, call, { authorized, relyingPartyId }) {
    await registerPasskey(call, {
      context: authorized,
      user: authorized.user,
      relyingPartyId,
      credential: input.Credential,
      requireStill: (tx) => requireAccessToken(call, tx, input.AccessToken),
    });
    return {};
  },
});
