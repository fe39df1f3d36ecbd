import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { setMfaOptions } from "./preferences.ts";

export const AdminSetUserSettings = cognito("AdminSetUserSettings", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, { user }) {
    await setMfaOptions(call, call.tx, user, input.MFAOptions);
    return {};
  },
});
