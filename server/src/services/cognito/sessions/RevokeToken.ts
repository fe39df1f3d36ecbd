import { poolSessions } from "../../../store/pool-sessions.ts";
import { noSuchAppClient } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { provesClient } from "./client-secret.ts";
import { openRefreshToken } from "./refresh-token.ts";

/**
 * Ends the session of a refresh token. Access tokens of the session are refused from then on; whoever verifies them alone
 * does not learn of it. The texts are ours. There are no SSO sessions that could be revoked with it.
 */
export const RevokeToken = cognito("RevokeToken", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { environment, tx } = call;
    const context = await environment.appClients.find(tx, input.ClientId);
    // Of what AWS lists for this operation, the one that says who asks may not.
    if (context === undefined) return call.fail("UnauthorizedException", noSuchAppClient(input.ClientId));
    if (!provesClient(context, input.ClientSecret)) {
      call.fail("UnauthorizedException", `Unable to verify the secret of client ${input.ClientId}`);
    }
    if (context.clientConfiguration.EnableTokenRevocation === false) {
      call.fail("UnsupportedOperationException", "Token revocation is not enabled for this client.");
    }
    const token = openRefreshToken(environment, input.Token);
    if (token === undefined) {
      // An ID or access token is a signed one, in three parts.
      return input.Token.split(".").length === 3
        ? call.fail("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.")
        : call.fail("InvalidParameterException", "Invalid Refresh Token.");
    }
    const session = await poolSessions.find(tx, token.eventId);
    // What was revoked before is revoked (RFC 7009, 2.2).
    if (session === undefined) return;
    if (session.client_id !== input.ClientId) {
      call.fail("UnauthorizedException", "The token was issued to another client.");
    }
    await poolSessions.delete(tx, session.event_id);
  },
});
