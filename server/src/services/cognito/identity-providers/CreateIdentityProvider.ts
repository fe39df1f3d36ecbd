import { type IdentityProviderRow, identityProviders } from "../../../store/identity-providers.ts";
import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { noSuchUserPool, requireUserPool } from "../user-pools/user-pool.ts";
import { insertEncryptionKey, makeEncryptionKey } from "./encryption-certificate.ts";
import {
  identityProviderShape,
  readAcrMapping,
  readDetails,
  readMapping,
  refuseTakenIdentifiers,
  refuseWrongName,
  sealDetails,
} from "./identity-provider.ts";

export const CreateIdentityProvider = cognito("CreateIdentityProvider", {
  // Metadata is fetched, and a key is made.
  transaction: "own",

  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { environment, now } = call;
    const { ProviderName: name, ProviderType: type, IdpIdentifiers = [] } = input;
    const poolId = pool.pool_id;
    refuseWrongName(call, name, type);
    const attributeMapping = readMapping(call, pool, type, input.AttributeMapping ?? {});
    const acrMapping = readAcrMapping(call, type, input.AcrMapping);
    const { details, trusted } = await readDetails(call, type, input.ProviderDetails);
    const provider: IdentityProviderRow = {
      pool_id: poolId,
      provider_name: name,
      provider_type: type,
      created_at: now,
      modified_at: now,
      details_sealed: sealDetails(environment, poolId, name, details),
      attributeMapping,
      acrMapping,
      trusted,
      trusted_at: trusted === undefined ? null : now,
    };
    const key = type === "SAML" ? await makeEncryptionKey(environment, poolId, name, now) : undefined;
    return environment.store.write(async (tx) => {
      if ((await userPools.find(tx, poolId)) === undefined) {
        call.fail("ResourceNotFoundException", noSuchUserPool(poolId));
      }
      if ((await identityProviders.find(tx, poolId, name)) !== undefined) {
        call.fail("DuplicateProviderException", `${name} already exists in user pool ${poolId}`);
      }
      const quota = environment.quotas.IdentityProvidersPerUserPool;
      if ((await identityProviders.count(tx, poolId)) >= quota) {
        // The text is ours.
        call.fail("LimitExceededException", `Cannot exceed the quota of ${quota} identity providers.`);
      }
      await refuseTakenIdentifiers(call, tx, poolId, name, IdpIdentifiers);
      await identityProviders.insert(tx, provider);
      await identityProviders.setIdentifiers(tx, poolId, name, IdpIdentifiers);
      if (key !== undefined) await insertEncryptionKey(tx, key);
      return { IdentityProvider: await identityProviderShape(call, tx, provider) };
    });
  },
});
