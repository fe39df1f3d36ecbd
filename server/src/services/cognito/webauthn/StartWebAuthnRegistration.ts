import { poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { creationOptions, mostPasskeys, refuseMorePasskeys } from "./registration.ts";
import { requirePasskeys } from "./relying-party.ts";

export const StartWebAuthnRegistration = cognito("StartWebAuthnRegistration", {
  transaction: "read",

  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const authorized = await requireAccessToken(call, call.tx, input.AccessToken);
    requirePasskeys(call, authorized);
    const known = await poolUserPasskeys.list(call.tx, authorized.user.user_id, "", mostPasskeys);
    if (known.length >= mostPasskeys) refuseMorePasskeys(call);
    return { CredentialCreationOptions: await creationOptions(call, call.tx, authorized, authorized.user) };
  },
});
