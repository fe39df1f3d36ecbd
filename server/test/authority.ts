/** Certificates to order, with their private keys: what a certificate authority of the tests' own issues. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { encodeElement, encodeTime, tag } from "../src/crypto/x509/der.ts";
import { startOfTest } from "./harness.ts";

export interface Issued {
  readonly der: Uint8Array;
  readonly base64: string;
  readonly pem: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The subject's DER, which what it issues names as its issuer. */
  readonly name: Uint8Array;
}

export interface Order {
  /** Attributes in order, each by the dotted digits of its type or by one of the short names below. */
  readonly subject?: readonly (readonly [type: string, value: string])[];
  /** Whoever signs it; it signs itself where nobody is named. */
  readonly issuer?: Issued | undefined;
  readonly key?:
    | "rsa"
    | "P-256"
    | "P-384"
    | "P-521"
    | { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  /** Hexadecimal, an even number of digits. */
  readonly serialNumber?: string;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly version?: 1 | 3;
  readonly hash?: "sha256" | "sha384" | "sha512" | "sha1";
  readonly extensions?: readonly Uint8Array[];
}

const day = 86_400_000;
const oids: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  O: "2.5.4.10",
  OU: "2.5.4.11",
};

export function issueCertificate(order: Order = {}): Issued {
  const { subject = [["CN", "test"]], serialNumber = "0123456789abcdef", extensions = [], hash = "sha256" } = order;
  const { publicKey, privateKey } = typeof order.key === "object" ? order.key : makeKey(order.key ?? "P-256");
  const name = encodeName(subject);
  const signer = order.issuer?.privateKey ?? privateKey;
  const algorithm = signatureAlgorithm(signer, hash);
  const digits = Buffer.from(serialNumber, "hex");
  const tbs = encodeElement(
    tag.sequence,
    ...(order.version === 1 ? [] : [encodeElement(tag.context0, Buffer.of(tag.integer, 1, 2))]),
    // A leading zero keeps the integer positive.
    encodeElement(tag.integer, (digits[0] ?? 0) >= 0x80 ? Buffer.of(0) : Buffer.of(), digits),
    algorithm,
    order.issuer?.name ?? name,
    encodeElement(
      tag.sequence,
      encodeTime(order.notBefore ?? startOfTest - day),
      encodeTime(order.notAfter ?? startOfTest + 365 * day),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [encodeElement(0xa3, encodeElement(tag.sequence, ...extensions))]),
  );
  const signature = encodeElement(tag.bitString, Buffer.of(0), sign(hash, tbs, signer));
  const der = encodeElement(tag.sequence, tbs, algorithm, signature);
  const base64 = Buffer.from(der).toString("base64");
  const pem = `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}(?=.)/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  return { der, base64, pem, privateKey, publicKey, name };
}

/** Object identifiers: X.690, 8.19. */
export function encodeOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return encodeElement(tag.oid, Buffer.from(bytes));
}

export function encodeName(attributes: readonly (readonly [type: string, value: string])[]): Uint8Array {
  return encodeElement(
    tag.sequence,
    ...attributes.map(([type, value]) =>
      encodeElement(
        tag.set,
        encodeElement(tag.sequence, encodeOid(oids[type] ?? type), encodeElement(tag.utf8String, Buffer.from(value))),
      ),
    ),
  );
}

/** RFC 5280, 4.2: `value` is what stands inside the OCTET STRING. */
export function extension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  return encodeElement(
    tag.sequence,
    encodeOid(oid),
    ...(critical ? [Buffer.of(1, 1, 0xff)] : []),
    encodeElement(0x04, value),
  );
}

export function basicConstraints(ca: boolean, pathLength?: number): Uint8Array {
  const content = ca ? [Buffer.of(1, 1, 0xff)] : [];
  const length = pathLength === undefined ? [] : [encodeElement(tag.integer, Buffer.of(pathLength))];
  return extension("2.5.29.19", encodeElement(tag.sequence, ...content, ...length), true);
}

/** Bits by their number: 0 is digitalSignature, 5 keyCertSign, 6 cRLSign. */
export function keyUsage(...bits: readonly number[]): Uint8Array {
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  const unused = 7 - Math.max(...bits);
  return extension("2.5.29.15", encodeElement(tag.bitString, Buffer.of(unused, byte)), true);
}

/** GeneralNames, RFC 5280, 4.2.1.6. */
export function subjectAltName(...names: readonly Uint8Array[]): Uint8Array {
  return extension("2.5.29.17", encodeElement(tag.sequence, ...names));
}

export const dnsName = (name: string) => encodeElement(0x82, Buffer.from(name));
export const uriName = (uri: string) => encodeElement(0x86, Buffer.from(uri));
export const directoryName = (name: Uint8Array) => encodeElement(0xa4, name);

function makeKey(kind: "rsa" | "P-256" | "P-384" | "P-521") {
  return kind === "rsa"
    ? generateKeyPairSync("rsa", { modulusLength: 2048 })
    : generateKeyPairSync("ec", { namedCurve: kind });
}

const rsaHashes = { sha1: "05", sha256: "0b", sha384: "0c", sha512: "0d" } as const;
const ecdsaHashes = { sha256: "02", sha384: "03", sha512: "04" } as const;

/** RFC 8017, appendix A.2.4; RFC 5758, 3.2, and RFC 3279, 2.2.3, for SHA-1. */
function signatureAlgorithm(key: KeyObject, hash: "sha256" | "sha384" | "sha512" | "sha1"): Uint8Array {
  const digits =
    key.asymmetricKeyType === "rsa"
      ? `06092a864886f70d0101${rsaHashes[hash]}0500`
      : hash === "sha1"
        ? "06072a8648ce3d0401"
        : `06082a8648ce3d0403${ecdsaHashes[hash]}`;
  return encodeElement(tag.sequence, Buffer.from(digits, "hex"));
}

export const digitalSignature = 0;
export const certSign = 5;
export const crlSign = 6;

/** A certificate authority: its own, or another's where `order` names an issuer. */
export function authorityOf(name: string, order: Order = {}): Issued {
  return issueCertificate({
    subject: [["CN", name]],
    extensions: [basicConstraints(true), keyUsage(certSign, crlSign)],
    ...order,
  });
}

/** What workloads hold. */
export function entityOf(issuer: Issued, order: Order = {}): Issued {
  return issueCertificate({
    subject: [["CN", "workload"]],
    extensions: [basicConstraints(false), keyUsage(digitalSignature)],
    issuer,
    ...order,
  });
}

/** RFC 5280, section 5: PEM. Serial numbers in hexadecimal. */
export function revocationListOf(signer: Issued, serialNumbers: readonly string[], name = signer.name): string {
  const algorithm = signatureAlgorithm(signer.privateKey, "sha256");
  const entries = serialNumbers.map((digits) =>
    encodeElement(tag.sequence, encodeElement(tag.integer, Buffer.from(digits, "hex")), encodeTime(startOfTest)),
  );
  const list = encodeElement(
    tag.sequence,
    encodeElement(tag.integer, Buffer.of(1)),
    algorithm,
    name,
    encodeTime(startOfTest),
    ...(entries.length === 0 ? [] : [encodeElement(tag.sequence, ...entries)]),
  );
  const signature = encodeElement(tag.bitString, Buffer.of(0), sign("sha256", list, signer.privateKey));
  const der = encodeElement(tag.sequence, list, algorithm, signature);
  return `-----BEGIN X509 CRL-----\n${Buffer.from(der).toString("base64")}\n-----END X509 CRL-----\n`;
}
