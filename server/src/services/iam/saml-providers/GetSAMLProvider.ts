import { samlProviders } from "../../../store/saml-providers.ts";
import { iam } from "../iam.ts";
import { exactKeys } from "../tags.ts";
import { requireSamlProvider } from "./saml-provider.ts";

export const GetSAMLProvider = iam("GetSAMLProvider", {
  resource: (input, call) => requireSamlProvider(call, input.SAMLProviderArn),

  async handle(_input, call, { provider }) {
    const keys = await samlProviders.listKeys(call.tx, provider.provider_id);
    return {
      SAMLProviderUUID: provider.provider_id,
      SAMLMetadataDocument: await samlProviders.findMetadata(call.tx, provider.provider_id),
      CreateDate: new Date(provider.created_at),
      ValidUntil: new Date(provider.valid_until),
      Tags: provider.tags.toSorted((one, other) => exactKeys.compare(one.Key, other.Key)),
      AssertionEncryptionMode: provider.encryption_mode === "Required" ? ("Required" as const) : ("Allowed" as const),
      PrivateKeyList: keys.map((key) => ({ KeyId: key.key_id, Timestamp: new Date(key.created_at) })),
    };
  },
});
