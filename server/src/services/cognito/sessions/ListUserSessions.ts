import { cognito } from "../cognito.ts";
import { requireAccessToken } from "./access-token.ts";
import { listSessions } from "./session.ts";

export const ListUserSessions = cognito("ListUserSessions", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { user, session } = await requireAccessToken(call, call.tx, input.AccessToken);
    return listSessions(call, call.tx, user, session.event_id);
  },
});
