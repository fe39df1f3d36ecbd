import { iam } from "../iam.ts";
import { exactKeys, listTags } from "../tags.ts";
import { requireSamlProvider } from "./saml-provider.ts";

export const ListSAMLProviderTags = iam("ListSAMLProviderTags", {
  resource: (input, call) => requireSamlProvider(call, input.SAMLProviderArn),
  handle: (input, call, { provider }) => listTags(call, provider.tags, input, exactKeys),
});
