import { samlId } from "../../../runtime/ids.ts";
import { samlProviders } from "../../../store/saml-providers.ts";
import { samlProviderArn } from "../../saml-provider.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { insertProviderKey, readProviderKey, readProviderMetadata, validUntil } from "./saml-provider.ts";

export const CreateSAMLProvider = iam("CreateSAMLProvider", {
  resource: (input, call) => ({
    arn: samlProviderArn(call, { account_id: call.accountId, provider_name: input.Name }),
  }),

  // Metadata has up to ten million characters: it is read outside any transaction.
  transaction: "own",

  async handle(input, call) {
    const { store, quotas } = call.environment;
    const { Name, AddPrivateKey, AssertionEncryptionMode = "Allowed" } = input;
    const tags = mergeTags(call, [], input.Tags ?? [], quotas.TagsPerSAMLProvider, exactKeys);
    if (AssertionEncryptionMode === "Required" && AddPrivateKey === undefined) {
      // Recorded 2026-09.
      call.fail(
        "ValidationError",
        "Unable to set assertion encryption mode to Required because no private key is provided.",
      );
    }
    const trusted = await readProviderMetadata(call, input.SAMLMetadataDocument);
    const key = AddPrivateKey === undefined ? undefined : await readProviderKey(call, AddPrivateKey);
    const provider = {
      account_id: call.accountId,
      provider_name: Name,
      provider_id: samlId(call.random, "SAMLSP"),
      created_at: call.now,
      valid_until: validUntil(call.now),
      trusted,
      encryption_mode: AssertionEncryptionMode,
      tags,
    };
    await store.write(async (tx) => {
      if ((await samlProviders.find(tx, call.accountId, Name)) !== undefined) {
        // Reported from AWS.
        call.fail("EntityAlreadyExistsException", `Provider with name ${Name} already exists.`);
      }
      if ((await samlProviders.count(tx, call.accountId)) >= quotas.SAMLProvidersPerAccount) {
        call.fail(
          "LimitExceededException",
          `Cannot exceed quota for SAMLProvidersPerAccount: ${quotas.SAMLProvidersPerAccount}`,
        );
      }
      await samlProviders.insert(tx, provider, input.SAMLMetadataDocument);
      if (key !== undefined) await insertProviderKey(call, tx, provider.provider_id, key, 1);
    });
    return {
      SAMLProviderArn: samlProviderArn(call, provider),
      // As given, in that order (recorded 2026-09).
      ...(tags.length === 0 ? {} : { Tags: [...tags] }),
    };
  },
});
