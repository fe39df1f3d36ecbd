import { samlProviders } from "../../../store/saml-providers.ts";
import { everyRow } from "../../paging.ts";
import { samlProviderArn } from "../../saml-provider.ts";
import { iam } from "../iam.ts";

export const ListSAMLProviders = iam("ListSAMLProviders", {
  resource: (_input, call) => ({ arn: samlProviderArn(call, { account_id: call.accountId, provider_name: "*" }) }),

  async handle(_input, call) {
    const found = await everyRow(
      (after, limit) => samlProviders.list(call.tx, call.accountId, after, limit),
      (row) => row.name_key,
    );
    return {
      SAMLProviderList: found.map(({ provider_name, valid_until, created_at }) => ({
        Arn: samlProviderArn(call, { account_id: call.accountId, provider_name }),
        ValidUntil: new Date(valid_until),
        CreateDate: new Date(created_at),
      })),
    };
  },
});
