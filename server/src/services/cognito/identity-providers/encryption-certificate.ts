import { encodePrivateKey } from "../../../crypto/private-key.ts";
import type { Tx } from "../../../store/store.ts";
import { type UserPoolCertificateRow, type UserPoolKeyRow, userPoolKeys } from "../../../store/user-pool-keys.ts";
import type { Environment } from "../../operation.ts";
import { issueCertificate } from "../signing-certificates/signing-certificates.ts";

/** What a SAML provider encrypts its assertions for: a key of its own, and a certificate of the same form as for signing. */
export interface EncryptionKey {
  readonly key: UserPoolKeyRow;
  readonly certificate: Omit<UserPoolCertificateRow, "position">;
}

export function encryptionPurpose(providerName: string): string {
  return `saml-encryption:${providerName}`;
}

/** Where the private key of a provider is sealed. */
export function encryptionKeyContext(poolId: string, providerName: string): string {
  return `user_pool_keys:${poolId}:${encryptionPurpose(providerName)}`;
}

/** Never in a transaction: making a key and signing with it take a thread's time. */
export async function makeEncryptionKey(
  { keyPairs, seal, random }: Pick<Environment, "keyPairs" | "seal" | "random">,
  poolId: string,
  providerName: string,
  now: number,
): Promise<EncryptionKey> {
  const pair = await keyPairs.takeOrMake();
  const purpose = encryptionPurpose(providerName);
  const der = encodePrivateKey(pair.privateKey);
  const sealed = seal.seal(der, encryptionKeyContext(poolId, providerName), random.bytes(12));
  der.fill(0);
  return {
    key: { pool_id: poolId, purpose, private_key_sealed: sealed, created_at: now },
    certificate: await issueCertificate(random, poolId, purpose, pair, now),
  };
}

export async function insertEncryptionKey(tx: Tx, { key, certificate }: EncryptionKey): Promise<void> {
  await userPoolKeys.insert(tx, key);
  await userPoolKeys.insertCertificate(tx, certificate);
}

export async function findEncryptionCertificate(
  tx: Tx,
  poolId: string,
  providerName: string,
): Promise<string | undefined> {
  return (await userPoolKeys.findCertificate(tx, poolId, encryptionPurpose(providerName)))?.certificate;
}
