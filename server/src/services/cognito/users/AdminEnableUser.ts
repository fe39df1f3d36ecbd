import { cognito } from "../cognito.ts";
import { setEnabled } from "./set-enabled.ts";
import { requireUserOfPool } from "./user-of-pool.ts";

export const AdminEnableUser = cognito("AdminEnableUser", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  handle: (_input, call, { user }) => setEnabled(call, user, true),
});
