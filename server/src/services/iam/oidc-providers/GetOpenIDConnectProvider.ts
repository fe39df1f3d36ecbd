import { iam } from "../iam.ts";
import { exactKeys } from "../tags.ts";
import { requireOidcProvider } from "./oidc-provider.ts";

export const GetOpenIDConnectProvider = iam("GetOpenIDConnectProvider", {
  resource: (input, call) => requireOidcProvider(call, input.OpenIDConnectProviderArn),

  handle: (_input, _call, { provider }) => ({
    Url: provider.url,
    ClientIDList: [...provider.clientIds],
    ThumbprintList: [...provider.thumbprints],
    CreateDate: new Date(provider.created_at),
    Tags: provider.tags.toSorted((one, other) => exactKeys.compare(one.Key, other.Key)),
  }),
});
