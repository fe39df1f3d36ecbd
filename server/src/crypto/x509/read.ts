/**
 * x509/: certificates, RFC 5280. This file reads one from PEM for IAM: strictly, since what is accepted is kept byte for
 * byte and later proves who signed. node:crypto does the parsing; what it lacks or leaves open (the one PEM block, exact
 * DER, exact times, which keys) is checked here. issue.ts makes certificates, der.ts holds the encoding both need.
 */
import { hash, type KeyObject, X509Certificate } from "node:crypto";
import { base32 } from "../base32.ts";
import { decodeTime, type Element, elementAt, tag } from "./der.ts";

export interface Certificate {
  readonly der: Uint8Array;
  /** Milliseconds since the epoch, both ends included. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** IAM's id: base32 of the SHA-1 of the DER, 32 letters (recorded from AWS, 2026-09). */
  readonly certificateId: string;
  /** Upper-case hexadecimal. */
  readonly serialNumber: string;
  /** One attribute a line, as node:crypto prints names. */
  readonly subject: string;
  readonly issuer: string;
  /** Upper-case hexadecimal, a colon between bytes. */
  readonly fingerprint256: string;
  readonly keyType: KeyType;
  readonly publicKey: KeyObject;
}

export type KeyType = "RSA" | "P-256" | "P-384" | "P-521";

/** malformed: not a certificate, or not exactly one; unsupported: a sound one over a key that is not taken. */
export type CertificateErrorCode = "malformed" | "unsupported";

export class CertificateError extends Error {
  override readonly name = "CertificateError";
  readonly code: CertificateErrorCode;

  constructor(code: CertificateErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The longest CertificateBody that IAM takes. */
const longestPem = 16_384;
const shortestRsa = 1024;
/** OpenSSL verifies nothing under a longer one. */
const longestRsa = 16_384;

/**
 * Text before the block is allowed (`openssl x509 -text` writes some), after it only blanks. A chain, a private key, a
 * request or any second block makes the whole body malformed: there is no telling what its sender meant.
 */
export function readCertificate(pem: string): Certificate {
  return readCertificateDer(decodePem(pem));
}

/** As a request brings it along: standard base64 of the DER in its one form (RFC 4648, section 4), nothing around it. */
export function readCertificateBase64(base64: string): Certificate {
  if (base64.length > longestPem) throw malformed("The text is too long.");
  return readCertificateDer(decodeBase64(base64));
}

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Every certificate of a bundle, whatever stands between them. */
export function readCertificates(pem: string): Certificate[] {
  return (pem.match(block) ?? []).map((each) => readCertificate(each));
}

function readCertificateDer(der: Buffer): Certificate {
  const { notBefore, notAfter, key } = readStructure(der);
  const parsed = parse(der);
  const keyType = readKey(der, key);
  // An RSA key is two numbers, which readKey has looked at; a point may lie beside its curve.
  if (keyType !== "RSA") checkPublicKey(parsed);
  return {
    der,
    notBefore,
    notAfter,
    certificateId: base32(hash("sha1", der, "buffer")),
    keyType,
    // An upload asks for none of these; together they cost half as much as the rest.
    get serialNumber() {
      return parsed.serialNumber;
    },
    get subject() {
      return parsed.subject ?? "";
    },
    get issuer() {
      return parsed.issuer ?? "";
    },
    get fingerprint256() {
      return parsed.fingerprint256;
    },
    get publicKey() {
      return parsed.publicKey;
    },
  };
}

function malformed(reason: string): CertificateError {
  return new CertificateError("malformed", reason);
}

const anyBegin = "-----BEGIN ";
const anyEnd = "-----END ";
const begin = "-----BEGIN CERTIFICATE-----";
const end = "-----END CERTIFICATE-----";
const restOfLine = /^[\t ]*[\r\n]/;
const onlyBlanks = /^[\t\r\n ]*$/;
const blanks = /[\t\r\n ]+/g;

function decodePem(pem: string): Buffer {
  if (pem.length > longestPem) throw malformed("The text is too long.");
  const beginAt = pem.indexOf(anyBegin);
  if (beginAt === -1) throw malformed("There is no PEM block.");
  if (!pem.startsWith(begin, beginAt)) throw malformed("The first PEM block is not a certificate.");
  if (beginAt > 0 && pem[beginAt - 1] !== "\n" && pem[beginAt - 1] !== "\r") {
    throw malformed("The PEM block does not start a line.");
  }
  const bodyAt = beginAt + begin.length;
  const endAt = pem.indexOf(anyEnd, bodyAt);
  if (endAt === -1 || !pem.startsWith(end, endAt)) throw malformed("The PEM block does not end.");
  const body = pem.slice(bodyAt, endAt);
  if (!restOfLine.test(body) || (!body.endsWith("\n") && !body.endsWith("\r"))) {
    throw malformed("The PEM block's bounds are not lines of their own.");
  }
  if (!onlyBlanks.test(pem.slice(endAt + end.length))) throw malformed("Something follows the PEM block.");
  return decodeBase64(body.replace(blanks, ""));
}

function decodeBase64(base64: string): Buffer {
  const der = Buffer.from(base64, "base64");
  // Buffer skips what is not base64 and forgives wrong padding and loose bits at the end.
  if (der.toString("base64") !== base64) throw malformed("The base64 is not whole.");
  return der;
}

/** Certificate and TBSCertificate down to the key, RFC 5280 section 4.1, for what node:crypto does not check or tell. */
function readStructure(der: Buffer): { notBefore: number; notAfter: number; key: Element } {
  const certificate = expectElement(der, 0, der.length, tag.sequence);
  if (certificate.end !== der.length) throw malformed("Something follows the certificate.");
  const tbs = expectElement(der, certificate.start, certificate.end, tag.sequence);
  let at = tbs.start;
  const next = (expected: number): Element => {
    const element = expectElement(der, at, tbs.end, expected);
    at = element.end;
    return element;
  };
  if (der[at] === tag.context0) {
    // DER leaves version 1 out; version 2 was never in use.
    const version = next(tag.context0);
    if (der.toString("hex", version.start, version.end) !== "020102") throw malformed("The version is not 1 or 3.");
  }
  const serialNumber = next(tag.integer);
  if ((der[serialNumber.start] ?? 0x80) >= 0x80) throw malformed("The serial number is negative.");
  next(tag.sequence); // signature
  next(tag.sequence); // issuer
  const validity = next(tag.sequence);
  const from = elementAt(der, validity.start, validity.end);
  const to = from && elementAt(der, from.end, validity.end);
  const notBefore = from && decodeTime(der, from);
  const notAfter = to && decodeTime(der, to);
  if (notBefore === undefined || notAfter === undefined || to?.end !== validity.end || notAfter < notBefore) {
    throw malformed("The validity is not a span of time.");
  }
  next(tag.sequence); // subject
  return { notBefore, notAfter, key: next(tag.sequence) };
}

function expectElement(der: Uint8Array, at: number, limit: number, expected: number): Element {
  const element = elementAt(der, at, limit);
  if (element === undefined || element.tag !== expected) throw malformed("The DER is not that of a certificate.");
  return element;
}

/** AlgorithmIdentifiers whole, parameters included: RFC 3279 section 2.3.1, RFC 5480 section 2.1.1. */
const keyTypes: Readonly<Record<string, KeyType>> = {
  "06092a864886f70d0101010500": "RSA",
  "06072a8648ce3d020106082a8648ce3d030107": "P-256",
  "06072a8648ce3d020106052b81040022": "P-384",
  "06072a8648ce3d020106052b81040023": "P-521",
};

function readKey(der: Buffer, key: Element): KeyType {
  const algorithm = expectElement(der, key.start, key.end, tag.sequence);
  const keyType = keyTypes[der.toString("hex", algorithm.start, algorithm.end)];
  if (keyType === undefined) throw new CertificateError("unsupported", "The key is not RSA, P-256, P-384 or P-521.");
  const bits = expectElement(der, algorithm.end, key.end, tag.bitString);
  // The first byte counts unused bits.
  if (der[bits.start] !== 0 || bits.end !== key.end) throw malformed("The public key is not one.");
  if (keyType === "RSA") checkRsa(der, bits.start + 1, bits.end);
  return keyType;
}

/** RSAPublicKey, RFC 8017 appendix A.1.1. */
function checkRsa(der: Buffer, at: number, end: number): void {
  const key = expectElement(der, at, end, tag.sequence);
  const modulus = expectElement(der, key.start, key.end, tag.integer);
  const exponent = expectElement(der, modulus.end, key.end, tag.integer);
  if (!isNatural(der, modulus) || !isNatural(der, exponent) || exponent.end !== key.end || key.end !== end) {
    throw malformed("The public key is not one.");
  }
  // Under an exponent of 1 every signature is its own message, and an even one has no inverse.
  const lastByte = der[exponent.end - 1] ?? 0;
  const isOne = lastByte === 1 && exponent.end - exponent.start === 1;
  if (isOne || lastByte % 2 === 0) throw malformed("The RSA exponent is not one.");
  const modulusAt = der[modulus.start] === 0 ? modulus.start + 1 : modulus.start;
  const length = (modulus.end - modulusAt) * 8 - (Math.clz32(der[modulusAt] ?? 0) - 24);
  if (length < shortestRsa || length > longestRsa) {
    throw new CertificateError("unsupported", `The RSA key is not of ${shortestRsa} to ${longestRsa} bits.`);
  }
}

/** An INTEGER that is not negative and in its one DER form (X.690, 8.3.2): no zero before what needs none. */
function isNatural(der: Buffer, { start, end }: Element): boolean {
  const first = der[start] ?? 0x80;
  return first < 0x80 && (first > 0 || end - start === 1 || (der[start + 1] ?? 0) >= 0x80);
}

function parse(der: Buffer): X509Certificate {
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(der);
  } catch {
    throw malformed("The DER is not that of a certificate.");
  }
  // OpenSSL reads BER, too; what it read must be these very bytes.
  if (!parsed.raw.equals(der)) throw malformed("The certificate is not in DER.");
  return parsed;
}

/** OpenSSL decodes the key only when asked for it: a point off its curve shows here. */
function checkPublicKey(parsed: X509Certificate): void {
  try {
    parsed.publicKey;
  } catch {
    throw malformed("The public key is not one.");
  }
}
