import { oidcProviders } from "../../../store/oidc-providers.ts";
import { oidcProviderArn } from "../../oidc-provider.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { addClientIds, readThumbprints, readUrl } from "./oidc-provider.ts";

export const CreateOpenIDConnectProvider = iam("CreateOpenIDConnectProvider", {
  resource: (input, call) => ({
    arn: oidcProviderArn(call, { account_id: call.accountId, url: input.Url.replace(/^https?:\/\//, "") }),
  }),

  async handle(input, call) {
    const { quotas } = call.environment;
    const provider = {
      account_id: call.accountId,
      url: readUrl(call, input.Url),
      created_at: call.now,
      clientIds: addClientIds(call, [], input.ClientIDList ?? []),
      // AWS looks for a thumbprint where none is given. Nothing here connects to the provider before somebody comes with a
      // token of its, and then its certificate must be one that the machine trusts.
      thumbprints: readThumbprints(call, input.ThumbprintList ?? []),
      tags: mergeTags(call, [], input.Tags ?? [], quotas.TagsPerOpenIdConnectProvider, exactKeys),
    };
    if ((await oidcProviders.find(call.tx, call.accountId, provider.url)) !== undefined) {
      call.fail("EntityAlreadyExistsException", `Provider with url ${input.Url} already exists.`);
    }
    if ((await oidcProviders.count(call.tx, call.accountId)) >= quotas.OpenIdConnectProvidersPerAccount) {
      // Reported from AWS.
      call.fail(
        "LimitExceededException",
        `Cannot exceed quota for OpenIdConnectProvidersPerAccount: ${quotas.OpenIdConnectProvidersPerAccount}`,
      );
    }
    await oidcProviders.insert(call.tx, provider);
    return {
      OpenIDConnectProviderArn: oidcProviderArn(call, provider),
      // As given, in that order (recorded 2026-09).
      ...(provider.tags.length === 0 ? {} : { Tags: [...provider.tags] }),
    };
  },
});
