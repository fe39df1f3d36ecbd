import { requirePublicClient } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { provesClient } from "./client-secret.ts";
import { refreshOrRotateTokens } from "./refresh.ts";

export const GetTokensFromRefreshToken = cognito("GetTokensFromRefreshToken", {
  // Tokens are signed in threads of their own, and a function may have a word in them.
  transaction: "own",

  resource: async (input, call) => ({
    arn: "*",
    public: true as const,
    context: await requirePublicClient(call, call.tx, input.ClientId),
  }),

  async handle(input, call, { context }) {
    if (!provesClient(context, input.ClientSecret)) {
      // Recorded from AWS, 2026-09.
      call.fail(
        "NotAuthorizedException",
        input.ClientSecret === undefined
          ? `Client ${input.ClientId} is configured for secret but secret was not received`
          : `Unable to verify secret hash for client ${input.ClientId}`,
      );
    }
    const AuthenticationResult = await refreshOrRotateTokens(call, context, {
      refreshToken: input.RefreshToken,
      deviceKey: input.DeviceKey,
      clientMetadata: input.ClientMetadata,
    });
    return { AuthenticationResult };
  },
});
