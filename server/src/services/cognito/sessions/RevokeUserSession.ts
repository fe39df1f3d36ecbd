import { cognito } from "../cognito.ts";
import { requireAccessToken } from "./access-token.ts";
import { eventIdOf, revokeSession } from "./session.ts";

export const RevokeUserSession = cognito("RevokeUserSession", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { user, session } = await requireAccessToken(call, call.tx, input.AccessToken);
    if (eventIdOf(input.SessionId) === session.event_id) {
      // "You can't revoke the session that the calling access token belongs to" (API reference); the text is ours.
      call.fail("InvalidParameterException", "The session of the access token cannot be revoked.");
    }
    await revokeSession(call, call.tx, user, input.SessionId);
  },
});
