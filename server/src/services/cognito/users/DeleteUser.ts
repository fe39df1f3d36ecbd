import { poolUsers } from "../../../store/pool-users.ts";
import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";

export const DeleteUser = cognito("DeleteUser", {
  resource: async (input, call) => ({
    arn: "*",
    public: true as const,
    user: (await requireAccessToken(call, call.tx, input.AccessToken)).user,
  }),

  handle: (_input, call, { user }) => poolUsers.delete(call.tx, user),
});
