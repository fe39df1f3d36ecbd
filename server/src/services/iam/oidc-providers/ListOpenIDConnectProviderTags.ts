import { iam } from "../iam.ts";
import { exactKeys, listTags } from "../tags.ts";
import { requireOidcProvider } from "./oidc-provider.ts";

export const ListOpenIDConnectProviderTags = iam("ListOpenIDConnectProviderTags", {
  resource: (input, call) => requireOidcProvider(call, input.OpenIDConnectProviderArn),
  handle: (input, call, { provider }) => listTags(call, provider.tags, input, exactKeys),
});
