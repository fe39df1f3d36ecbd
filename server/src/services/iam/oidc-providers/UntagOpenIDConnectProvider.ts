import { oidcProviders } from "../../../store/oidc-providers.ts";
import { iam } from "../iam.ts";
import { exactKeys, removeTags } from "../tags.ts";
import { requireOidcProvider } from "./oidc-provider.ts";

export const UntagOpenIDConnectProvider = iam("UntagOpenIDConnectProvider", {
  resource: (input, call) => requireOidcProvider(call, input.OpenIDConnectProviderArn),

  async handle(input, call, { provider }) {
    await oidcProviders.setTags(call.tx, provider, removeTags(provider.tags, input.TagKeys, exactKeys));
  },
});
