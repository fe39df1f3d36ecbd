import { type KeyObject, sign, verify } from "node:crypto";
import {
  type Authorization,
  canonicalRequest,
  formatTimestamp,
  type ReceivedRequest,
  type SignedRequest,
  type SigningScope,
  stringToSign,
  terminator,
  type X509Algorithm,
} from "./sigv4.ts";
import { readCertificateBase64 } from "./x509/read.ts";

/*
 * Signature Version 4 with the private key of an X.509 certificate in place of a secret (IAM Roles Anywhere User Guide,
 * "The signing process"; aws/rolesanywhere-credential-helper, aws_signing_helper/signer.go): the same canonical request
 * and string to sign, signed with RSA (PKCS #1, version 1.5) or with ECDSA (ASN.1 DER), over SHA-256 both.
 */

/** Upper-case hexadecimal, as certificates are read, to decimal, as a credential scope names them. */
export function decimalSerialNumber(serialNumber: string): string {
  return BigInt(`0x${serialNumber}`).toString();
}

/** Longer than the signature of any key that a certificate is taken with. */
const longestSignature = 4_096;
const hexBytes = /^(?:[0-9a-f]{2})+$/;
const keyTypes: Readonly<Record<X509Algorithm, string>> = {
  "AWS4-X509-RSA-SHA256": "rsa",
  "AWS4-X509-ECDSA-SHA256": "ec",
};

/** Whether the request was signed with the private key that belongs to this one. */
export function verifyX509Signature(
  request: ReceivedRequest,
  authorization: Authorization,
  publicKey: KeyObject,
): boolean {
  const { algorithm, signature } = authorization;
  // Each algorithm goes with one kind of key: Node would verify under whichever the key asks for.
  if (algorithm === "AWS4-HMAC-SHA256" || keyTypes[algorithm] !== publicKey.asymmetricKeyType) return false;
  if (signature.length > longestSignature || !hexBytes.test(signature)) return false;
  const text = stringToSign(canonicalRequest(request, authorization), authorization);
  return verify("sha256", Buffer.from(text, "latin1"), publicKey, Buffer.from(signature, "hex"));
}

export interface X509Credentials {
  /** Base64 of the DER. */
  readonly certificate: string;
  /** Those that vouch for it, likewise, each before the one that vouches for it. */
  readonly chain?: readonly string[];
  readonly privateKey: KeyObject;
}

/** The request with an Authorization header over all its headers, as AWS's credential helper sends it. */
export function signX509Request(
  request: SignedRequest,
  { certificate, chain = [], privateKey }: X509Credentials,
  { now, region, service }: SigningScope,
): SignedRequest {
  const algorithm: X509Algorithm =
    privateKey.asymmetricKeyType === "rsa" ? "AWS4-X509-RSA-SHA256" : "AWS4-X509-ECDSA-SHA256";
  const timestamp = formatTimestamp(now);
  const date = timestamp.slice(0, 8);
  const headers = new Map(request.headers);
  headers.delete("authorization");
  headers.set("x-amz-date", timestamp);
  headers.set("x-amz-x509", certificate);
  if (chain.length > 0) headers.set("x-amz-x509-chain", chain.join(","));
  const signedHeaders = [...headers.keys()].sort();
  const canonical = canonicalRequest({ ...request, headers }, { signedHeaders, presigned: false });
  const text = stringToSign(canonical, { algorithm, timestamp, date, region, service });
  const signature = sign("sha256", Buffer.from(text, "latin1"), privateKey).toString("hex");
  const serialNumber = decimalSerialNumber(readCertificateBase64(certificate).serialNumber);
  const credential = `${serialNumber}/${date}/${region}/${service}/${terminator}`;
  headers.set(
    "authorization",
    `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`,
  );
  return { ...request, headers };
}
