import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { requireWritable } from "./attribute-rules.ts";
import { deleteAttributes } from "./delete-attributes.ts";

export const DeleteUserAttributes = cognito("DeleteUserAttributes", {
  resource: async (input, call) => ({
    arn: "*",
    public: true as const,
    authorized: await requireAccessToken(call, call.tx, input.AccessToken),
  }),

  async handle({ UserAttributeNames }, call, { authorized }) {
    requireWritable(call, authorized.clientConfiguration, UserAttributeNames);
    // What authorizes may be known from memory: what is written is read.
    const user = await rereadPoolUser(call, call.tx, authorized.user);
    await deleteAttributes(call, authorized, user, UserAttributeNames);
  },
});
