import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
// By its parts: the whole library would take three times as long to load.
import { decodeProtectedHeader } from "jose/decode/protected_header";
import { CompactSign } from "jose/jws/compact/sign";
import { compactVerify } from "jose/jws/compact/verify";
import { decodeJwt } from "jose/jwt/decode";

/** A key of a JSON Web Key Set (RFC 7517, section 4). */
export type Jwk = JsonWebKey & { readonly kid?: string; readonly use?: string; readonly alg?: string };

/** RFC 7519 over RFC 7515 and 7517: web identity tokens, those of others and our own. */

export interface UnverifiedToken {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Signatures by key pairs alone: an issuer's keys are public, so that a MAC under one would prove nothing. */
const keyTypes: Readonly<Record<string, string>> = {
  RS256: "RSA",
  RS384: "RSA",
  RS512: "RSA",
  ES256: "EC",
  ES384: "EC",
  ES512: "EC",
};

/** What a token says of itself; undefined for what is no signed token. Nothing of it may be believed yet. */
export function readToken(token: string): UnverifiedToken | undefined {
  try {
    const { alg, kid, crit } = decodeProtectedHeader(token);
    // RFC 7515, 4.1.11: extensions that are not known here.
    if (alg === undefined || !Object.hasOwn(keyTypes, alg) || crit !== undefined) return undefined;
    return { algorithm: alg, keyId: kid || undefined, claims: decodeJwt(token) };
  } catch {
    // The library's word for every fault of form.
    return undefined;
  }
}

/** The key of a set that the token says it was signed with; without a key id, the only one. */
export function findKey(keySet: unknown, { algorithm, keyId }: UnverifiedToken): Jwk | undefined {
  const keys = isRecord(keySet) && Array.isArray(keySet.keys) ? keySet.keys : [];
  const usable = keys.filter(
    (key): key is Jwk & { kty: string } =>
      isRecord(key) && key.kty === keyTypes[algorithm] && (key.use === undefined || key.use === "sig"),
  );
  const found = keyId === undefined ? usable : usable.filter((key) => key.kid === keyId);
  return found.length === 1 || keyId !== undefined ? found.at(-1) : undefined;
}

export async function isSignedBy(token: string, { algorithm }: UnverifiedToken, key: Jwk): Promise<boolean> {
  try {
    // Whoever reads the key set of an issuer that shows its private key can sign as well.
    if (key.d !== undefined) return false;
    // The key's own `alg` is a hint of its issuer's; the header's is what is verified, and must suit the kind of key.
    await compactVerify(token, createPublicKey({ key, format: "jwk" }), { algorithms: [algorithm] });
    return true;
  } catch {
    // The library throws for a wrong signature as for a key that is none.
    return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export type SigningAlgorithm = "RS256" | "ES256" | "ES384";

export async function signToken(
  claims: object,
  key: { readonly privateKey: KeyObject; readonly keyId: string; readonly algorithm: SigningAlgorithm },
): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ kid: key.keyId, typ: "JWT", alg: key.algorithm })
    .sign(key.privateKey);
}

export function publicJwk(publicKey: KeyObject): Jwk {
  return publicKey.export({ format: "jwk" });
}
