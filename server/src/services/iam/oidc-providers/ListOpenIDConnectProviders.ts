import { oidcProviders } from "../../../store/oidc-providers.ts";
import { oidcProviderArn } from "../../oidc-provider.ts";
import { everyRow } from "../../paging.ts";
import { iam } from "../iam.ts";

export const ListOpenIDConnectProviders = iam("ListOpenIDConnectProviders", {
  resource: (_input, call) => ({ arn: oidcProviderArn(call, { account_id: call.accountId, url: "*" }) }),

  async handle(_input, call) {
    const urls = await everyRow(
      (after, limit) => oidcProviders.list(call.tx, call.accountId, after, limit),
      (url) => url,
    );
    return {
      OpenIDConnectProviderList: urls.map((url) => ({
        Arn: oidcProviderArn(call, { account_id: call.accountId, url }),
      })),
    };
  },
});
