import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { authFactors } from "./auth-factors.ts";

export const AdminGetUserAuthFactors = cognito("AdminGetUserAuthFactors", {
  transaction: "read",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  handle: (_input, call, { user, ...context }) => authFactors(call.tx, context, user),
});
