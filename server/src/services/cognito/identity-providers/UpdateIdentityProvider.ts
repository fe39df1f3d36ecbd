import { identityProviders } from "../../../store/identity-providers.ts";
import { cognito } from "../cognito.ts";
import {
  identityProviderShape,
  noSuchIdentityProvider,
  readAcrMapping,
  readDetails,
  readMapping,
  refuseTakenIdentifiers,
  requireIdentityProvider,
  sealDetails,
} from "./identity-provider.ts";

export const UpdateIdentityProvider = cognito("UpdateIdentityProvider", {
  // Metadata is fetched.
  transaction: "own",

  resource: (input, call) => requireIdentityProvider(call, input),

  /** Each member that is given takes the place of the one before, whole; the others stay. */
  async handle(input, call, { pool, provider }) {
    const { environment, now } = call;
    const { pool_id: poolId, provider_name: name, provider_type: type } = provider;
    const { AttributeMapping, ProviderDetails, IdpIdentifiers } = input;
    const mapping = AttributeMapping && readMapping(call, pool, type, AttributeMapping);
    const acrMapping = readAcrMapping(call, type, input.AcrMapping);
    const read = ProviderDetails && (await readDetails(call, type, ProviderDetails));
    return environment.store.write(async (tx) => {
      const before = await identityProviders.find(tx, poolId, name);
      // Deleted since it was looked for, or made again as another.
      if (before?.provider_type !== type) {
        return call.fail("ResourceNotFoundException", noSuchIdentityProvider(name));
      }
      const updated = {
        ...before,
        modified_at: now,
        attributeMapping: mapping ?? before.attributeMapping,
        acrMapping: acrMapping ?? before.acrMapping,
        ...(read && {
          details_sealed: sealDetails(environment, poolId, name, read.details),
          trusted: read.trusted,
          trusted_at: read.trusted === undefined ? null : now,
        }),
      };
      await identityProviders.update(tx, updated);
      if (IdpIdentifiers !== undefined) {
        await refuseTakenIdentifiers(call, tx, poolId, name, IdpIdentifiers);
        await identityProviders.setIdentifiers(tx, poolId, name, IdpIdentifiers);
      }
      return { IdentityProvider: await identityProviderShape(call, tx, updated) };
    });
  },
});
