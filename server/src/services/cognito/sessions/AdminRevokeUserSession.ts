import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { revokeSession } from "./session.ts";

export const AdminRevokeUserSession = cognito("AdminRevokeUserSession", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  handle: (input, call, { user }) => revokeSession(call, call.tx, user, input.SessionId),
});
