import { oidcProviders } from "../../../store/oidc-providers.ts";
import { iam } from "../iam.ts";
import { readThumbprints, requireOidcProvider } from "./oidc-provider.ts";

export const UpdateOpenIDConnectProviderThumbprint = iam("UpdateOpenIDConnectProviderThumbprint", {
  resource: (input, call) => requireOidcProvider(call, input.OpenIDConnectProviderArn),

  async handle(input, call, { provider }) {
    // Recorded 2026-09.
    if (input.ThumbprintList.length === 0) {
      call.fail("InvalidInputException", "Thumbprint list must contain at least one entry.");
    }
    await oidcProviders.setThumbprints(call.tx, provider, readThumbprints(call, input.ThumbprintList));
  },
});
