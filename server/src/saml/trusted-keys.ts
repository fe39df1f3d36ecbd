import { constants, type KeyObject, verify, X509Certificate } from "node:crypto";

/** Whose signatures are believed. */
export interface Trust {
  /** PEM: an identity provider's signing certificates. When they end is not looked at. */
  readonly certificates: readonly string[];
  /** Whether a signature may use SHA-1, for identity providers that know nothing else. */
  readonly sha1: boolean;
}

export interface SignatureAlgorithm {
  readonly hash: string;
  readonly padding: number;
  /** PSS only: as long as the hash (RFC 9231, 2.3.9). */
  readonly saltLength?: number;
}

const pkcs1 = constants.RSA_PKCS1_PADDING;

// No HMAC: its key would be the certificate, which is public. No MD5.
const algorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", { hash: "sha256", padding: pkcs1 }],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", { hash: "sha384", padding: pkcs1 }],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", { hash: "sha512", padding: pkcs1 }],
  [
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
    { hash: "sha256", padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  ],
]);
const rsaSha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

/** Undefined for what is not allowed. `uri` is as XML Signature and the redirect binding name it. */
export function signatureAlgorithm(uri: string, { sha1 }: Pick<Trust, "sha1">): SignatureAlgorithm | undefined {
  return sha1 && uri === rsaSha1 ? { hash: "sha1", padding: pkcs1 } : algorithms.get(uri);
}

/** Whether the key of any of the certificates has signed this. */
export function isSignedByAny(
  certificates: readonly string[],
  { hash, ...scheme }: SignatureAlgorithm,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  // PKCS #1 is what a key by itself stands for, and taking an object with options apart costs as much as the verification.
  const isPlain = scheme.padding === pkcs1;
  return certificates.some((pem) => {
    const key = parse(pem).publicKey;
    return verify(hash, signed, isPlain ? key : { key, ...scheme }, signature);
  });
}

/** What is needed of a certificate again and again. */
interface Parsed {
  readonly publicKey: KeyObject;
  /** Milliseconds since the epoch. */
  readonly end: number;
}

const mostParsed = 2_000;
const parsed = new Map<string, Parsed>();

/** Parsing a certificate costs more than verifying with it, and every response of a provider is verified with the same. */
function parse(pem: string): Parsed {
  const known = parsed.get(pem);
  if (known !== undefined) return known;
  const { publicKey, validToDate } = new X509Certificate(pem);
  const [oldest] = parsed.keys();
  if (parsed.size >= mostParsed && oldest !== undefined) parsed.delete(oldest);
  const made = { publicKey, end: validToDate.getTime() };
  parsed.set(pem, made);
  return made;
}

/** When a certificate that was found in metadata ends, in milliseconds since the epoch. */
export function endOfCertificate(pem: string): number {
  return parse(pem).end;
}
