import { publicJwk, type SigningAlgorithm } from "../crypto/jwt.ts";
import { decodePrivateKey, encodePrivateKey } from "../crypto/private-key.ts";
import { makeP384KeyPair } from "../runtime/ec-key-pair.ts";
import { type OutboundIssuerKeyRow, outboundIssuers } from "../store/outbound-issuers.ts";
import type { Tx } from "../store/store.ts";
import type { Environment } from "./operation.ts";
import { outboundPath } from "./outbound-path.ts";

/*
 * An account as an issuer of web identity tokens, for services elsewhere that verify them by OpenID Connect Discovery. IAM
 * turns it on, STS signs, and the endpoint publishes the keys. On AWS each issuer has a host name of its own; here it is a
 * path of the endpoint.
 */

/** What an issuer signs with. */
export type IssuerAlgorithm = Extract<SigningAlgorithm, "RS256" | "ES384">;

/** As AWS names its own (observed 2026). */
const keyIds: Readonly<Record<IssuerAlgorithm, string>> = { RS256: "RSA_0", ES384: "EC384_0" };

export function issuerIdentifier({ publicUrl }: Pick<Environment, "publicUrl">, issuerId: string): string {
  return `${publicUrl()}${outboundPath}/${issuerId}`;
}

function sealContext(issuerId: string, algorithm: string): string {
  return `outbound_issuer_keys:${issuerId}:${algorithm}`;
}

/** Both keys of a new issuer, sealed. Not in a transaction: an RSA key takes a while. */
export async function makeIssuerKeys(
  { keyPairs, seal, random }: Pick<Environment, "keyPairs" | "seal" | "random">,
  issuerId: string,
  now: number,
): Promise<readonly OutboundIssuerKeyRow[]> {
  const pairs = { RS256: await keyPairs.takeOrMake(), ES384: await makeP384KeyPair() };
  return Object.entries(pairs).map(([algorithm, { privateKey }]) => {
    const der = encodePrivateKey(privateKey);
    const sealed = seal.seal(der, sealContext(issuerId, algorithm), random.bytes(12));
    der.fill(0);
    return { issuer_id: issuerId, algorithm, private_key_sealed: sealed, created_at: now };
  });
}

/** The key of an issuer for this algorithm. */
export async function findSigningKey(
  { seal }: Pick<Environment, "seal">,
  tx: Tx,
  issuerId: string,
  algorithm: IssuerAlgorithm,
) {
  const row = (await outboundIssuers.listKeys(tx, issuerId)).find((key) => key.algorithm === algorithm);
  if (row === undefined) throw new Error(`issuer ${issuerId} has no key for ${algorithm}`);
  return { ...opened(seal, row), keyId: keyIds[algorithm], algorithm };
}

function opened(seal: Environment["seal"], row: OutboundIssuerKeyRow) {
  return decodePrivateKey(seal.open(row.private_key_sealed, sealContext(row.issuer_id, row.algorithm)));
}

/**
 * What an issuer publishes at this path; undefined where nothing is. An issuer that was turned off goes on, since its last
 * tokens are good until they end.
 */
export async function publishedByIssuer(environment: Environment, at: string): Promise<object | undefined> {
  const [, issuerId = "", document] =
    /^\/([0-9a-f-]{36})\/\.well-known\/(openid-configuration|jwks\.json)$/.exec(at.slice(outboundPath.length)) ?? [];
  if (document === undefined) return undefined;
  const keys = await environment.store.read(async (tx) => {
    const issuer = await outboundIssuers.findById(tx, issuerId);
    return issuer && (await outboundIssuers.listKeys(tx, issuer.issuer_id));
  });
  if (keys === undefined) return undefined;
  return document === "jwks.json" ? keySet(environment, keys) : discovery(environment, issuerId);
}

/** The members as AWS has them (observed 2026). */
function discovery(environment: Environment, issuerId: string): object {
  const issuer = issuerIdentifier(environment, issuerId);
  return {
    claims_supported: ["sub", "iss", "aud", "exp", "iat", "jti", "https://sts.amazonaws.com/"],
    id_token_signing_alg_values_supported: ["RS256", "ES384"],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    subject_types_supported: ["public"],
  };
}

function keySet({ seal }: Environment, rows: readonly OutboundIssuerKeyRow[]): object {
  const keys = rows.map((row) => {
    const kid = row.algorithm === "RS256" ? keyIds.RS256 : keyIds.ES384;
    return { ...publicJwk(opened(seal, row).publicKey), kid, use: "sig", alg: row.algorithm };
  });
  return { keys };
}
