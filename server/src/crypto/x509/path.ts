import { hash, verify, X509Certificate } from "node:crypto";
import { type Element, elementAt, tag } from "./der.ts";
import { type Certificate, CertificateError, readCertificateBase64, readCertificates } from "./read.ts";

/*
 * Certification paths (RFC 5280, sections 4 and 6) as far as IAM Roles Anywhere asks for them ("Trust model", Signature
 * validation): from a few anchors down to an end entity, over SHA-256 or stronger. What this file does not understand it
 * does not pass: names that an authority is constrained to, and any extension that says it must be understood.
 */

/** A certificate with all that a path and an identity are made of. */
export interface PathCertificate extends Certificate {
  readonly version: 1 | 3;
  readonly subjectName: Name;
  readonly issuerName: Name;
  /** Basic constraints: undefined where there are none. */
  readonly ca: boolean | undefined;
  /** How many authorities may stand between it and an end entity. */
  readonly pathLength: number | undefined;
  /** Undefined where the certificate does not say. */
  readonly usage: { readonly digitalSignature: boolean; readonly certSign: boolean } | undefined;
  /** The first of each kind among the subject's alternative names. */
  readonly alternative: { readonly dns?: string; readonly uri?: string; readonly directory?: Name };
  /** Whether its own signature is over SHA-256 or stronger. */
  readonly isStrong: boolean;
  /** An extension that must be understood and is not, or constraints on names. */
  readonly isUnclear: boolean;
}

export interface Name {
  /** The DER, in hexadecimal: names are compared by it. */
  readonly hex: string;
  /** Those with a short name in RFC 4514, section 3, in the order of the certificate. */
  readonly attributes: readonly { readonly type: string; readonly value: string }[];
}

/** RFC 4514, section 3. */
const attributeTypes: Readonly<Record<string, string>> = {
  "550403": "CN",
  "550406": "C",
  "550407": "L",
  "550408": "ST",
  "550409": "STREET",
  "55040a": "O",
  "55040b": "OU",
  "0992268993f22c640101": "UID",
  "0992268993f22c640119": "DC",
};

/** RFC 3279, 4055, 5758: the algorithms of signatures, parameters left out, with Node's name for the hash. */
const signatureHashes: Readonly<Record<string, string>> = {
  "2a864886f70d01010b": "sha256",
  "2a864886f70d01010c": "sha384",
  "2a864886f70d01010d": "sha512",
  "2a8648ce3d040302": "sha256",
  "2a8648ce3d040303": "sha384",
  "2a8648ce3d040304": "sha512",
};

const extensionIds = {
  subjectAltName: "551d11",
  keyUsage: "551d0f",
  basicConstraints: "551d13",
  nameConstraints: "551d1e",
  certificatePolicies: "551d20",
  extendedKeyUsage: "551d25",
} as const;

const understood: ReadonlySet<string> = new Set([
  extensionIds.subjectAltName,
  extensionIds.keyUsage,
  extensionIds.basicConstraints,
  extensionIds.certificatePolicies,
  extensionIds.extendedKeyUsage,
]);

/** Tags beyond those of every certificate. */
const other = {
  boolean: 0x01,
  octetString: 0x04,
  context3: 0xa3,
  dnsName: 0x82,
  uri: 0x86,
  directoryName: 0xa4,
} as const;

export function readPathCertificate(base64: string): PathCertificate {
  return describe(readCertificateBase64(base64));
}

/** Every certificate of a PEM bundle. */
export function readPathBundle(pem: string): readonly PathCertificate[] {
  return readCertificates(pem).map(describe);
}

function malformed(reason: string): CertificateError {
  return new CertificateError("malformed", reason);
}

/** Elements one after the other, all the way to the end. */
function elements(der: Uint8Array, start: number, end: number): Element[] {
  const found: Element[] = [];
  for (let at = start; at < end; ) {
    const element = elementAt(der, at, end);
    if (element === undefined) throw malformed("The DER is not that of a certificate.");
    found.push(element);
    at = element.end;
  }
  return found;
}

function expect(element: Element | undefined, expected: number): Element {
  if (element === undefined || element.tag !== expected) throw malformed("The DER is not that of a certificate.");
  return element;
}

function describe(certificate: Certificate): PathCertificate {
  const der = Buffer.from(certificate.der);
  const hex = ({ start, end }: Element) => der.toString("hex", start, end);
  const [whole] = elements(der, 0, der.length);
  const [tbs, algorithm] = elements(der, expect(whole, tag.sequence).start, der.length);
  const fields = elements(der, expect(tbs, tag.sequence).start, tbs?.end ?? 0);
  const hasVersion = fields[0]?.tag === tag.context0;
  const [, inner, issuer, , subject, , ...rest] = hasVersion ? fields.slice(1) : fields;
  const outer = expect(algorithm, tag.sequence);
  // RFC 5280, 4.1.1.2: said twice, and the same both times.
  if (hex(expect(inner, tag.sequence)) !== hex(outer)) throw malformed("The signature's algorithms differ.");
  const [algorithmId] = elements(der, outer.start, outer.end);
  const wrapped = rest.find((field) => field.tag === other.context3);
  const known: Mutable<Described> = {
    ca: undefined,
    pathLength: undefined,
    usage: undefined,
    alternative: {},
    isUnclear: false,
  };
  if (wrapped !== undefined) readExtensions(der, wrapped, known);
  return {
    ...certificate,
    version: hasVersion ? 3 : 1,
    subjectName: readName(der, expect(subject, tag.sequence)),
    issuerName: readName(der, expect(issuer, tag.sequence)),
    isStrong: signatureHashes[hex(expect(algorithmId, tag.oid))] !== undefined,
    ...known,
  };
}

type Described = Pick<PathCertificate, "ca" | "pathLength" | "usage" | "alternative" | "isUnclear">;
type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

function readExtensions(der: Buffer, { start, end }: Element, known: Mutable<Described>): void {
  const [list, more] = elements(der, start, end);
  const { start: from, end: to } = expect(list, tag.sequence);
  if (more !== undefined) throw malformed("The extensions are not one list.");
  const seen = new Set<string>();
  for (const extension of elements(der, from, to)) {
    const parts = elements(der, expect(extension, tag.sequence).start, extension.end);
    const { start: idStart, end: idEnd } = expect(parts[0], tag.oid);
    const id = der.toString("hex", idStart, idEnd);
    // RFC 5280, 4.2: at most one of each, or there is no telling which one counts.
    if (seen.has(id)) throw malformed("An extension comes twice.");
    seen.add(id);
    const isCritical = parts[1]?.tag === other.boolean && der[parts[1].start] !== 0;
    const value = expect(parts.at(-1), other.octetString);
    if (id === extensionIds.nameConstraints || (isCritical && !understood.has(id))) known.isUnclear = true;
    const [content, rest] = elements(der, value.start, value.end);
    if (content === undefined || rest !== undefined) throw malformed("An extension is not one value.");
    if (id === extensionIds.basicConstraints) readBasicConstraints(der, content, known);
    else if (id === extensionIds.keyUsage) readKeyUsage(der, content, known);
    else if (id === extensionIds.subjectAltName) known.alternative = readAlternativeNames(der, content);
  }
}

function readBasicConstraints(der: Buffer, content: Element, known: Mutable<Described>): void {
  const parts = elements(der, expect(content, tag.sequence).start, content.end);
  const [first] = parts;
  const says = first?.tag === other.boolean;
  known.ca = says && der[first.start] !== 0;
  const length = parts[says ? 1 : 0];
  if (length === undefined) return;
  const { start, end } = expect(length, tag.integer);
  if (end - start > 4 || end === start || (der[start] ?? 0x80) >= 0x80) throw malformed("The path length is not one.");
  known.pathLength = der.readUIntBE(start, end - start);
}

function readKeyUsage(der: Buffer, content: Element, known: Mutable<Described>): void {
  const { start, end } = expect(content, tag.bitString);
  if (end - start < 1) throw malformed("The key usage is not one.");
  // The first byte counts unused bits; bit 0 is digitalSignature, bit 5 keyCertSign.
  const bits = end - start > 1 ? (der[start + 1] ?? 0) : 0;
  known.usage = { digitalSignature: (bits & 0x80) !== 0, certSign: (bits & 0x04) !== 0 };
}

function readAlternativeNames(der: Buffer, content: Element): PathCertificate["alternative"] {
  const found: Mutable<PathCertificate["alternative"]> = {};
  for (const name of elements(der, expect(content, tag.sequence).start, content.end)) {
    const text = () => der.toString("latin1", name.start, name.end);
    if (name.tag === other.dnsName) found.dns ??= text();
    else if (name.tag === other.uri) found.uri ??= text();
    else if (name.tag === other.directoryName && found.directory === undefined) {
      const [directory] = elements(der, name.start, name.end);
      found.directory = readName(der, expect(directory, tag.sequence));
    }
  }
  return found;
}

function readName(der: Buffer, { start, end }: Element): Name {
  const attributes: { type: string; value: string }[] = [];
  for (const set of elements(der, start, end)) {
    for (const attribute of elements(der, expect(set, tag.set).start, set.end)) {
      const [id, value] = elements(der, expect(attribute, tag.sequence).start, attribute.end);
      const { start: idStart, end: idEnd } = expect(id, tag.oid);
      const type = attributeTypes[der.toString("hex", idStart, idEnd)];
      const text = value && decodeText(der, value);
      if (type !== undefined && text !== undefined) attributes.push({ type, value: text });
    }
  }
  return { hex: der.toString("hex", start, end), attributes };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const utf16 = new TextDecoder("utf-16be", { fatal: true });

/** DirectoryString and IA5String (RFC 5280, 4.1.2.4); undefined for what no such text can be. */
function decodeText(der: Buffer, { tag: kind, start, end }: Element): string | undefined {
  const bytes = der.subarray(start, end);
  try {
    if (kind === tag.utf8String) return utf8.decode(bytes);
    if (kind === 0x1e) return utf16.decode(bytes);
  } catch {
    return undefined;
  }
  const isPlain = kind === 0x13 || kind === 0x16 || kind === 0x14;
  return isPlain ? bytes.toString("latin1") : undefined;
}

// --- Paths ---

/** Whether it may sign certificates: what an anchor must be, and everyone between it and the end entity. */
export function isAuthority({ ca, usage, version, isStrong, isUnclear }: PathCertificate): boolean {
  return version === 3 && ca === true && usage?.certSign === true && isStrong && !isUnclear;
}

/** IAM Roles Anywhere User Guide, "Trust model": what an end entity must be. */
export function isEndEntity({ ca, usage, version, isStrong, isUnclear }: PathCertificate): boolean {
  return version === 3 && ca !== true && usage?.digitalSignature === true && isStrong && !isUnclear;
}

/** Whoever is trusted already, and how many authorities may still come below. */
interface Trusted {
  readonly certificate: PathCertificate;
  readonly below: number;
}

const isCurrent = ({ notBefore, notAfter }: Certificate, now: number) => now >= notBefore && now <= notAfter;

/**
 * The authorities from an anchor down to the end entity's issuer; undefined where there is no such path. It is found from
 * above: only keys that are trusted already are ever computed with, whatever a stranger sends, and each of the few
 * certificates in between is tried under each authority once a round.
 */
export function findPath(
  endEntity: PathCertificate,
  between: readonly PathCertificate[],
  anchors: readonly PathCertificate[],
  now: number,
): readonly PathCertificate[] | undefined {
  const paths = new Map<PathCertificate, readonly PathCertificate[]>();
  const trusted: Trusted[] = [];
  const trust = (certificate: PathCertificate, below: number, path: readonly PathCertificate[]) => {
    trusted.push({ certificate, below: Math.min(below, certificate.pathLength ?? below) });
    paths.set(certificate, [...path, certificate]);
  };
  for (const anchor of anchors) {
    if (isCurrent(anchor, now) && isAuthority(anchor)) trust(anchor, between.length, []);
  }
  // Workloads send their whole bundle, the anchor in it.
  const known = new Set(anchors.map(({ fingerprint256 }) => fingerprint256));
  const waiting = new Set(
    between.filter(
      (certificate) =>
        !known.has(certificate.fingerprint256) && isCurrent(certificate, now) && isAuthority(certificate),
    ),
  );
  for (let at = 0; at < trusted.length; at++) {
    const { certificate: issuer, below } = trusted[at] ?? { certificate: endEntity, below: 0 };
    if (below < 1) continue;
    for (const certificate of waiting) {
      if (!isIssuedBy(certificate, issuer)) continue;
      waiting.delete(certificate);
      // RFC 5280, 6.1.4 (l): who only renews its own key takes no step of the path's length.
      const isSelfIssued = certificate.subjectName.hex === certificate.issuerName.hex;
      trust(certificate, isSelfIssued ? below : below - 1, paths.get(issuer) ?? []);
    }
  }
  const issuer = trusted.find(({ certificate }) => isIssuedBy(endEntity, certificate));
  return issuer === undefined || !isCurrent(endEntity, now) ? undefined : paths.get(issuer.certificate);
}

function isIssuedBy(certificate: PathCertificate, issuer: PathCertificate): boolean {
  if (certificate.issuerName.hex !== issuer.subjectName.hex) return false;
  return new X509Certificate(certificate.der).verify(issuer.publicKey);
}

// --- Revocation ---

export interface RevocationList {
  /** The DER of its issuer's name, in hexadecimal. */
  readonly issuer: string;
  /** Serial numbers, in upper-case hexadecimal as certificates have them. */
  readonly revoked: ReadonlySet<string>;
}

const begin = "-----BEGIN X509 CRL-----";
const end = "-----END X509 CRL-----";

/**
 * RFC 5280, section 5: one list in PEM, signed by one of these authorities. It revokes what it names for as long as it is
 * kept: a list that is out of date is still right about those.
 */
export function readRevocationList(pem: string, authorities: readonly PathCertificate[]): RevocationList {
  const beginAt = pem.indexOf(begin);
  const endAt = pem.indexOf(end, beginAt);
  if (beginAt === -1 || endAt === -1) throw malformed("There is no X509 CRL in PEM.");
  const der = Buffer.from(pem.slice(beginAt + begin.length, endAt), "base64");
  const [whole] = elements(der, 0, der.length);
  const [list, algorithm, signature] = elements(der, expect(whole, tag.sequence).start, der.length);
  const fields = elements(der, expect(list, tag.sequence).start, list?.end ?? 0);
  const [, issuer, , ...rest] = fields[0]?.tag === tag.integer ? fields.slice(1) : fields;
  const name = readName(der, expect(issuer, tag.sequence)).hex;
  const [id] = elements(der, expect(algorithm, tag.sequence).start, algorithm?.end ?? 0);
  const digest = signatureHashes[der.toString("hex", expect(id, tag.oid).start, id?.end)];
  const signed = der.subarray(expect(whole, tag.sequence).start, list?.end);
  const bits = der.subarray(expect(signature, tag.bitString).start + 1, signature?.end);
  const isSigned = authorities.some(
    ({ subjectName, publicKey }) =>
      digest !== undefined && subjectName.hex === name && verify(digest, signed, publicKey, bits),
  );
  if (!isSigned) throw malformed("The X509 CRL is not signed by its authority.");
  // After nextUpdate, which may be missing, comes the list, which may be missing where nothing is revoked.
  const entries = rest.find((field) => field.tag === tag.sequence);
  const revoked = new Set<string>();
  for (const entry of entries === undefined ? [] : elements(der, entries.start, entries.end)) {
    const [serialNumber] = elements(der, expect(entry, tag.sequence).start, entry.end);
    const { start, end: to } = expect(serialNumber, tag.integer);
    revoked.add(serialDigits(der.toString("hex", start, to)));
  }
  return { issuer: name, revoked };
}

/** However many zeros each side writes in front. */
function serialDigits(hex: string): string {
  return hex.toUpperCase().replace(/^0+(?=.)/, "");
}

export function isRevoked({ issuer, revoked }: RevocationList, certificate: PathCertificate): boolean {
  return certificate.issuerName.hex === issuer && revoked.has(serialDigits(certificate.serialNumber));
}

/** A UUID (RFC 9562, version 8) that is the same for the same name. */
export function uuidOf(name: Name): string {
  const bytes = hash("sha256", Buffer.from(name.hex, "hex"), "buffer");
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
