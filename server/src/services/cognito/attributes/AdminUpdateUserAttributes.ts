import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { updateAttributes } from "./update-attributes.ts";

export const AdminUpdateUserAttributes = cognito("AdminUpdateUserAttributes", {
  transaction: "own",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle({ UserAttributes, ClientMetadata }, call, { user, ...context }) {
    await updateAttributes(call, context, user, { given: UserAttributes, clientMetadata: ClientMetadata });
  },
});
