import { oidcProviders } from "../../../store/oidc-providers.ts";
import { iam } from "../iam.ts";
import { addClientIds, requireOidcProvider } from "./oidc-provider.ts";

export const AddClientIDToOpenIDConnectProvider = iam("AddClientIDToOpenIDConnectProvider", {
  resource: (input, call) => requireOidcProvider(call, input.OpenIDConnectProviderArn),

  // "This operation is idempotent" (IAM API reference).
  async handle(input, call, { provider }) {
    await oidcProviders.setClientIds(call.tx, provider, addClientIds(call, provider.clientIds, [input.ClientID]));
  },
});
