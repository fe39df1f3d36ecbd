import { oidcProviders } from "../../../store/oidc-providers.ts";
import { iam } from "../iam.ts";
import { requireOidcProvider } from "./oidc-provider.ts";

export const RemoveClientIDFromOpenIDConnectProvider = iam("RemoveClientIDFromOpenIDConnectProvider", {
  resource: (input, call) => requireOidcProvider(call, input.OpenIDConnectProviderArn),

  // "It does not fail or return an error if you try to remove a client ID that does not exist" (IAM API reference).
  async handle(input, call, { provider }) {
    const left = provider.clientIds.filter((clientId) => clientId !== input.ClientID);
    await oidcProviders.setClientIds(call.tx, provider, left);
  },
});
