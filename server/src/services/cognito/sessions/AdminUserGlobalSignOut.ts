import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { signOutEverywhere } from "./sign-out.ts";

export const AdminUserGlobalSignOut = cognito("AdminUserGlobalSignOut", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(_input, call, { user }) {
    await signOutEverywhere(call.tx, user, call.now);
  },
});
