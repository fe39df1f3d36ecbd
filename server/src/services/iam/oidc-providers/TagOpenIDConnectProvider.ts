import { oidcProviders } from "../../../store/oidc-providers.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { requireOidcProvider } from "./oidc-provider.ts";

export const TagOpenIDConnectProvider = iam("TagOpenIDConnectProvider", {
  resource: (input, call) => requireOidcProvider(call, input.OpenIDConnectProviderArn),

  async handle(input, call, { provider }) {
    const quota = call.environment.quotas.TagsPerOpenIdConnectProvider;
    await oidcProviders.setTags(call.tx, provider, mergeTags(call, provider.tags, input.Tags, quota, exactKeys));
  },
});
