import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { setPreferences } from "./preferences.ts";

export const SetUserMFAPreference = cognito("SetUserMFAPreference", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const authorized = await requireAccessToken(call, call.tx, input.AccessToken);
    const user = await rereadPoolUser(call, call.tx, authorized.user);
    await setPreferences(call, call.tx, authorized, user, input);
    return {};
  },
});
