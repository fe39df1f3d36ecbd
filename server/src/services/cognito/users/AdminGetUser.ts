import { cognito } from "../cognito.ts";
import { mfaShape } from "./mfa-shape.ts";
import { attributeList, poolUserShape } from "./pool-user.ts";
import { requireUserOfPool } from "./user-of-pool.ts";

export const AdminGetUser = cognito("AdminGetUser", {
  transaction: "read",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  handle(_input, _call, { user }) {
    const { Attributes: _, ...shape } = poolUserShape(user);
    return { ...shape, Username: user.username, UserAttributes: attributeList(user), ...mfaShape(user) };
  },
});
