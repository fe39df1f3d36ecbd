import { identityProviders } from "../../../store/identity-providers.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { typeOf } from "./identity-provider.ts";

/** A page is asked for up to 60, and the answer's list holds 50 at most (API model). */
const largestPage = 50;

export const ListIdentityProviders = cognito("ListIdentityProviders", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const limit = Math.min(input.MaxResults || largestPage, largestPage);
    const after = decodeNextToken(call, input.NextToken);
    const found = await identityProviders.list(call.tx, pool.pool_id, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (provider) => provider.provider_name);
    const Providers = rows.map((provider) => ({
      ProviderName: provider.provider_name,
      ProviderType: typeOf(provider),
      LastModifiedDate: new Date(provider.modified_at),
      CreationDate: new Date(provider.created_at),
    }));
    return { Providers, ...more };
  },
});
