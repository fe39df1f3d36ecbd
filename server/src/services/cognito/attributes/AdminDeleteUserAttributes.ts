import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { deleteAttributes } from "./delete-attributes.ts";

export const AdminDeleteUserAttributes = cognito("AdminDeleteUserAttributes", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  handle: (input, call, { user, ...context }) => deleteAttributes(call, context, user, input.UserAttributeNames),
});
