import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { listSessions } from "./session.ts";

export const AdminListUserSessions = cognito("AdminListUserSessions", {
  transaction: "read",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  handle: (_input, call, { user }) => listSessions(call, call.tx, user, undefined),
});
