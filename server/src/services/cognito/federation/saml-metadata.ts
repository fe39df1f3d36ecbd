import { serviceProviderMetadata } from "../../../saml/service-provider-metadata.ts";
import { identityProviders } from "../../../store/identity-providers.ts";
import type { Tx } from "../../../store/store.ts";
import { userPoolKeys } from "../../../store/user-pool-keys.ts";
import type { Environment } from "../../operation.ts";
import { encryptionPurpose } from "../identity-providers/encryption-certificate.ts";
import { openDetails } from "../identity-providers/identity-provider.ts";
import { entityIdOf, logoutPath, responsePath } from "./saml-provider.ts";

/** The quota of identity providers in a pool is 300, and may be raised to 1 000. */
const mostProviders = 1_000;

/**
 * What identity providers need to know of the pool, for them to read instead of a person typing it; AWS publishes
 * nothing of the kind. With the name of one provider it is for that one alone: each encrypts for a key of its own, and
 * out of many certificates it could not tell which. Undefined where there is no such provider.
 */
export async function samlMetadata(
  environment: Pick<Environment, "store" | "seal" | "signingCertificates">,
  { poolId, base, providerName, now }: { poolId: string; base: string; providerName: string | undefined; now: number },
): Promise<string | undefined> {
  const signingCertificates = await environment.signingCertificates.listValid(poolId, now);
  const providers = await environment.store.read(async (tx) => {
    const names = providerName === undefined ? await namesOfSaml(tx, poolId) : [providerName];
    const found = [];
    for (const name of names) {
      const row = await identityProviders.find(tx, poolId, name);
      if (row?.provider_type !== "SAML") continue;
      found.push({ row, certificate: await userPoolKeys.findCertificate(tx, poolId, encryptionPurpose(name)) });
    }
    return found;
  });
  if (providerName !== undefined && providers.length === 0) return undefined;
  const isSigned = providers.map(({ row }) => openDetails(environment, row).RequestSigningAlgorithm !== undefined);
  return serviceProviderMetadata({
    entityId: entityIdOf(poolId),
    signingCertificates,
    encryptionCertificates: providers.flatMap(({ certificate }) =>
      certificate !== undefined && now < certificate.not_after ? [certificate.certificate] : [],
    ),
    assertionConsumerServiceUrl: base + responsePath,
    singleLogoutServiceUrl: base + logoutPath,
    // Said only where it holds for whoever reads it.
    authnRequestsSigned: isSigned.length > 0 && isSigned.every(Boolean),
    wantAssertionsSigned: true,
  });
}

async function namesOfSaml(tx: Tx, poolId: string): Promise<string[]> {
  const all = await identityProviders.list(tx, poolId, "", mostProviders);
  return all.filter(({ provider_type }) => provider_type === "SAML").map(({ provider_name }) => provider_name);
}
