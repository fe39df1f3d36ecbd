import { oidcProviders } from "../../../store/oidc-providers.ts";
import { iam } from "../iam.ts";
import { requireOidcProvider } from "./oidc-provider.ts";

export const DeleteOpenIDConnectProvider = iam("DeleteOpenIDConnectProvider", {
  resource: (input, call) =>
    requireOidcProvider(
      call,
      input.OpenIDConnectProviderArn,
      `OpenId connect Provider ${input.OpenIDConnectProviderArn} cannot be found.`,
    ),

  async handle(_input, call, { provider }) {
    await oidcProviders.delete(call.tx, provider);
  },
});
