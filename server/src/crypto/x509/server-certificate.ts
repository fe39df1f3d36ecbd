import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { CertificateError, readCertificate } from "./read.ts";

/** An unencrypted RSA or EC key, in PKCS #8 or in the older forms that OpenSSL writes. Throws CertificateError. */
export function readPrivateKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: "pem" });
  } catch {
    // OpenSSL's own words could quote the key.
    throw new CertificateError("malformed", "The private key is not one, or it is encrypted.");
  }
  if (key.asymmetricKeyType !== "rsa" && key.asymmetricKeyType !== "ec") {
    throw new CertificateError("unsupported", "The private key is not RSA or EC.");
  }
  return key;
}

export function isKeyOf(certificate: { readonly der: Uint8Array }, privateKey: KeyObject): boolean {
  return new X509Certificate(certificate.der).checkPrivateKey(privateKey);
}

/** More than any authority needs, and few enough to be looked at while others wait. */
const longestChain = 20;
const begin = "-----BEGIN CERTIFICATE-----";
const end = "-----END CERTIFICATE-----";

/**
 * Whether each certificate of a chain is the issuer of the one before it, and the first of the certificate. Undefined where
 * that is so, else the place, from 0, of the first one that is not. A self-signed one may stand there several times.
 * Throws CertificateError where the chain is none.
 */
export function brokenLink(certificate: { readonly der: Uint8Array }, chain: string): number | undefined {
  const blocks = splitPem(chain);
  let subject = new X509Certificate(certificate.der);
  for (const [place, block] of blocks.entries()) {
    const issuer = new X509Certificate(readCertificate(block).der);
    if (!subject.checkIssued(issuer) || !subject.verify(issuer.publicKey)) return place;
    subject = issuer;
  }
  return undefined;
}

/** The certificates of a text that holds nothing else. */
function splitPem(text: string): string[] {
  const blocks: string[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const to = rest.indexOf(end);
    if (!rest.startsWith(begin) || to === -1) {
      throw new CertificateError("malformed", "The chain is not made of PEM blocks.");
    }
    if (blocks.length === longestChain) throw new CertificateError("malformed", "The chain is too long.");
    blocks.push(rest.slice(0, to + end.length));
    rest = rest.slice(to + end.length).trimStart();
  }
  if (blocks.length === 0) throw new CertificateError("malformed", "There is no PEM block.");
  return blocks;
}
