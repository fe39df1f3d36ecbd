import { poolUsers } from "../../../store/pool-users.ts";
import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "./user-of-pool.ts";

export const AdminDeleteUser = cognito("AdminDeleteUser", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  handle: (_input, call, { user }) => poolUsers.delete(call.tx, user),
});
