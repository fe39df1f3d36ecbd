import { cognito } from "../cognito.ts";
import { provesClient } from "./client-secret.ts";
import { revokeRefreshToken } from "./revoke.ts";

/**
 * Ends the session of a refresh token. Access tokens of the session are refused from then on; whoever verifies them alone
 * does not learn of it. The texts are ours, but for those of clients, recorded from AWS in 2026-09.
 */
export const RevokeToken = cognito("RevokeToken", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { environment, tx } = call;
    const context = await environment.appClients.find(tx, input.ClientId);
    if (context === undefined || !provesClient(context, input.ClientSecret)) {
      return call.fail("UnauthorizedException", "Invalid client or secret");
    }
    switch (await revokeRefreshToken(environment, tx, context, input.Token)) {
      case "disabled":
        return call.fail("UnsupportedOperationException", "This feature is not enabled for this client");
      case "unsupported":
        return call.fail("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
      case "invalid":
        return call.fail("InvalidParameterException", "Invalid Refresh Token.");
      case "foreign":
        return call.fail("UnauthorizedException", "The token was issued to another client.");
      default:
        return undefined;
    }
  },
});
