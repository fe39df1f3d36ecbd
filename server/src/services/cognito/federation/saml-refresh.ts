import { refusal, ServiceException } from "../../../contract/service-exception.ts";
import { type IdentityProviderRow, identityProviders, type StringMap } from "../../../store/identity-providers.ts";
import type { Tx } from "../../../store/store.ts";
import type { Environment } from "../../operation.ts";
import { sealDetails } from "../identity-providers/identity-provider.ts";
import { samlDetails } from "../identity-providers/saml-details.ts";

/** Developer guide, "Adding SAML identity providers": metadata by URL is fetched anew every 6 hours. */
const refreshEvery = 21_600_000;
/** How soon it is tried again where that failed: ours. */
const retryEvery = 600_000;

/**
 * Has the metadata of a provider read anew, in the background, where that is due: whoever signs in meanwhile goes by what
 * was read before. What cannot be read changes nothing.
 */
export function refreshWhenDue(
  environment: Environment,
  provider: { readonly row: IdentityProviderRow; readonly details: StringMap },
  now: number,
): void {
  const { row, details } = provider;
  if (details.MetadataURL === undefined || !isDue(row, now)) return;
  environment.tasks.run(`SAML metadata of ${row.pool_id} ${row.provider_name}`, () =>
    refresh(environment, row, details, now),
  );
}

function isDue({ trusted_at }: IdentityProviderRow, now: number): boolean {
  return trusted_at !== null && now >= trusted_at + refreshEvery;
}

async function refresh(
  environment: Environment,
  { pool_id: poolId, provider_name: name, modified_at }: IdentityProviderRow,
  before: StringMap,
  now: number,
): Promise<void> {
  const { store, log } = environment;
  const change = (isWanted: (row: IdentityProviderRow) => boolean, changes: Partial<IdentityProviderRow>) =>
    store.write(async (tx: Tx) => {
      const row = await identityProviders.find(tx, poolId, name);
      if (row?.modified_at !== modified_at || !isWanted(row)) return false;
      await identityProviders.update(tx, { ...row, ...changes });
      return true;
    });
  // Of several nodes one asks, and not again at once where it fails.
  const isOurs = await change((row) => isDue(row, now), { trusted_at: now - refreshEvery + retryEvery });
  if (!isOurs) return;
  const { SSORedirectBindingURI: _, SLORedirectBindingURI: __, ...given } = before;
  try {
    const { details, trusted } = await samlDetails({ environment, now, fail }, given);
    const details_sealed = sealDetails(environment, poolId, name, details);
    await change(() => true, { details_sealed, trusted, trusted_at: now });
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    log.warn("SAML metadata not refreshed", { userPoolId: poolId, providerName: name, reason: error.message });
  }
}

function fail(code: string, message?: string): never {
  throw refusal(code, message);
}
