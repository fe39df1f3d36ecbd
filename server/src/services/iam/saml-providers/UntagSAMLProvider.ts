import { samlProviders } from "../../../store/saml-providers.ts";
import { iam } from "../iam.ts";
import { exactKeys, removeTags } from "../tags.ts";
import { requireSamlProvider } from "./saml-provider.ts";

export const UntagSAMLProvider = iam("UntagSAMLProvider", {
  resource: (input, call) => requireSamlProvider(call, input.SAMLProviderArn),

  async handle(input, call, { provider }) {
    await samlProviders.setTags(call.tx, provider.provider_id, removeTags(provider.tags, input.TagKeys, exactKeys));
  },
});
