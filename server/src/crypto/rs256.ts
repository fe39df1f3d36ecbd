import { createPublicKey, type KeyObject, verify } from "node:crypto";

/*
 * RS256 (RFC 7518, 3.3) in compact serialization, as Cognito writes its tokens: the header says `kid` and `alg` and
 * nothing else. A library would do the same in three times as many turns of the event loop, of which a sign-in has two.
 */

/** The first part of all tokens that this key signs. */
export function tokenHeader(keyId: string): string {
  return Buffer.from(JSON.stringify({ kid: keyId, alg: "RS256" })).toString("base64url");
}

/** Makes an RS256 signature, in another thread: it takes a core for most of a millisecond. */
export type Signer = (text: Uint8Array, privateKey: KeyObject) => Promise<Uint8Array>;

export async function signClaims(
  privateKey: KeyObject,
  header: string,
  claims: object,
  signer: Signer,
): Promise<string> {
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  const signature = await signer(Buffer.from(signed), privateKey);
  return `${signed}.${Buffer.from(signature).toString("base64url")}`;
}

/** What a token says before it is believed; undefined for what is no RS256 token. */
export interface UnverifiedClaims {
  readonly keyId: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** No token of ours is longer than what its claims may be. */
const longestToken = 65_536;

export function readClaims(token: string): UnverifiedClaims | undefined {
  if (token.length > longestToken) return undefined;
  const [header = "", payload = "", signature, ...more] = token.split(".");
  if (signature === undefined || more.length > 0) return undefined;
  const head = parsed(header);
  const claims = parsed(payload);
  if (head === undefined || claims === undefined || head.alg !== "RS256" || typeof head.kid !== "string") {
    return undefined;
  }
  // RFC 7515, 4.1.11: extensions that are not known here.
  return head.crit === undefined ? { keyId: head.kid, claims } : undefined;
}

function parsed(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>) // an object, as was just seen
      : undefined;
  } catch {
    return undefined;
  }
}

/** At once: unlike a signature, this takes no more than a few microseconds. */
export function isSignedWith(publicKey: KeyObject, token: string): boolean {
  const end = token.lastIndexOf(".");
  const text = token.slice(end + 1);
  const signature = Buffer.from(text, "base64url");
  // Buffer skips what is not base64url: only the one spelling is this token.
  if (signature.toString("base64url") !== text) return false;
  return verify("sha256", Buffer.from(token.slice(0, end)), publicKey, signature);
}

/** The number that makes this RSA key, base64url, as JSON Web Keys have it. */
export function modulusOf(publicKey: KeyObject): string {
  const { n } = publicKey.export({ format: "jwk" });
  if (n === undefined) throw new TypeError("not an RSA key");
  return n;
}

/** Every key of ours has the exponent 65537. */
export const exponent = "AQAB";

export function publicKeyOf(modulus: string): KeyObject {
  return createPublicKey({ key: { kty: "RSA", n: modulus, e: exponent }, format: "jwk" });
}
