import { samlProviders } from "../../../store/saml-providers.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { requireSamlProvider } from "./saml-provider.ts";

export const TagSAMLProvider = iam("TagSAMLProvider", {
  resource: (input, call) => requireSamlProvider(call, input.SAMLProviderArn),

  async handle(input, call, { provider }) {
    const quota = call.environment.quotas.TagsPerSAMLProvider;
    const tags = mergeTags(call, provider.tags, input.Tags, quota, exactKeys);
    await samlProviders.setTags(call.tx, provider.provider_id, tags);
  },
});
