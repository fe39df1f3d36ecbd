/*
 * services/cognito/federation/saml-*.ts: a user pool as a SAML 2.0 service provider. saml-sign-in.ts sends people to
 * their identity provider, saml-response.ts believes what they come back with, saml-logout.ts ends sessions on both
 * sides, saml-metadata.ts says what identity providers need to know. This file is who the two sides are. The XML library
 * is for those who federate: whoever calls these files loads them when first asked.
 */
import { VersionedCache } from "../../../access/versioned-cache.ts";
import { decodePrivateKey } from "../../../crypto/private-key.ts";
import type { Expectations } from "../../../saml/response.ts";
import { endOfCertificate, type Trust } from "../../../saml/trusted-keys.ts";
import {
  type IdentityProviderRow,
  identityProviders,
  type StringMap,
  type TrustedOfIdentityProvider,
} from "../../../store/identity-providers.ts";
import type { Store } from "../../../store/store.ts";
import { userPoolKeys } from "../../../store/user-pool-keys.ts";
import type { Environment } from "../../operation.ts";
import { encryptionKeyContext, encryptionPurpose } from "../identity-providers/encryption-certificate.ts";
import { openDetails } from "../identity-providers/identity-provider.ts";

/** Developer guide, "SAML user pool IdP": how the pool is called by identity providers. */
export function entityIdOf(poolId: string): string {
  return `urn:amazon:cognito:sp:${poolId}`;
}

/** Below the address of the pool's domain. */
export const responsePath = "/saml2/idpresponse";
export const logoutPath = "/saml2/logout";

/** How far an identity provider's clock may be ahead: ours, as AWS publishes nothing. */
export const clockSkew = 180_000;

/** An identity provider, as its metadata and the pool's administrator describe it. */
export interface SamlProvider {
  readonly row: IdentityProviderRow;
  readonly trusted: TrustedOfIdentityProvider;
  readonly details: StringMap;
  /** What it may encrypt for. */
  readonly privateKeys: Expectations["privateKeys"];
}

/** By store, which knows when a provider or its key was written. */
const caches = new WeakMap<Store, VersionedCache<SamlProvider>>();
const mostKept = 1_000;

function cacheOf(store: Store): VersionedCache<SamlProvider> {
  let cache = caches.get(store);
  if (cache === undefined) {
    cache = new VersionedCache(store.watch(["identity_providers", "user_pool_keys"]), mostKept);
    caches.set(store, cache);
  }
  return cache;
}

/** Undefined where there is none of this name, or it speaks another protocol. */
export async function findSamlProvider(
  environment: Pick<Environment, "store" | "seal">,
  poolId: string,
  name: string,
): Promise<SamlProvider | undefined> {
  const cache = cacheOf(environment.store);
  const key = `${poolId} ${name}`;
  return cache.get(key) ?? cache.load(key, () => readSamlProvider(environment, poolId, name));
}

async function readSamlProvider(
  environment: Pick<Environment, "store" | "seal">,
  poolId: string,
  name: string,
): Promise<SamlProvider | undefined> {
  const { seal, store } = environment;
  const [row, key] = await store.read(async (tx) => [
    await identityProviders.find(tx, poolId, name),
    await userPoolKeys.find(tx, poolId, encryptionPurpose(name)),
  ]);
  if (row?.provider_type !== "SAML" || row.trusted === undefined) return undefined;
  const privateKeys: Expectations["privateKeys"][number][] = [];
  if (key !== undefined) {
    const der = seal.open(key.private_key_sealed, encryptionKeyContext(poolId, name));
    privateKeys.push(decodePrivateKey(der).privateKey);
    der.fill(0);
  }
  return { row, trusted: row.trusted, details: openDetails(environment, row), privateKeys };
}

/** Whose signatures count now: a certificate that has ended vouches for nothing. */
export function trustIn(
  { samlSha1 }: Pick<Environment, "samlSha1">,
  { trusted }: SamlProvider,
  now: number,
): Trust & { readonly issuers: readonly string[] } {
  return {
    issuers: [trusted.entityId],
    certificates: trusted.signingCertificates.filter((certificate) => now < endOfCertificate(certificate)),
    sha1: samlSha1,
  };
}

/** A switch of ProviderDetails, as `IDPSignout`. */
export function isOn({ details }: SamlProvider, name: "IDPSignout" | "IDPInit" | "EncryptedResponses"): boolean {
  return details[name]?.toLowerCase() === "true";
}

/** Signs as the pool, in a thread. Never within a transaction. */
export async function signerOf(
  { signingCertificates, workers }: Pick<Environment, "signingCertificates" | "workers">,
  poolId: string,
  now: number,
): Promise<(bytes: Uint8Array) => Promise<Uint8Array>> {
  const key = await signingCertificates.privateKey(poolId, now);
  // The request's pool was there a moment ago.
  if (key === undefined) throw new Error("The user pool has been deleted.");
  return (bytes) => workers.sign(bytes, key);
}
