import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { setPreferences } from "./preferences.ts";

export const AdminSetUserMFAPreference = cognito("AdminSetUserMFAPreference", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, { user, ...context }) {
    await setPreferences(call, call.tx, context, user, input);
    return {};
  },
});
