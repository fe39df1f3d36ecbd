import { createPublicKey, hash, type KeyObject } from "node:crypto";

/** An RSA key as SSH has it on the wire (RFC 4253, 6.6), which is what makes two texts the same key. */
export interface SshPublicKey {
  readonly wire: Uint8Array;
  /** Of the modulus. */
  readonly bits: number;
}

const algorithm = "ssh-rsa";
const sshLine = /^ssh-rsa[\t ]+([A-Za-z0-9+/]+={0,2})(?:[\t ][^\r\n]*)?$/;
const pemBegins = ["-----BEGIN PUBLIC KEY-----", "-----BEGIN RSA PUBLIC KEY-----"];
/** Far more than the longest key that is taken. */
const longestText = 16_384;

/**
 * One key in the one-line form of OpenSSH, whose comment is passed over, or in PEM. Undefined for everything else:
 * certificates, private keys, keys of another kind.
 */
export function readSshPublicKey(text: string): SshPublicKey | undefined {
  if (text.length > longestText) return undefined;
  const trimmed = text.trim();
  if (pemBegins.some((begin) => trimmed.startsWith(begin))) return fromPem(trimmed);
  const base64 = sshLine.exec(trimmed)?.[1];
  if (base64 === undefined) return undefined;
  const wire = Buffer.from(base64, "base64");
  // Buffer forgives wrong padding and loose bits at the end.
  return wire.toString("base64") === base64 ? fromWire(wire) : undefined;
}

function fromPem(pem: string): SshPublicKey | undefined {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: pem, format: "pem" });
  } catch {
    return undefined;
  }
  if (key.asymmetricKeyType !== "rsa") return undefined;
  const { n = "", e = "" } = key.export({ format: "jwk" });
  const [modulus, exponent] = [Buffer.from(n, "base64url"), Buffer.from(e, "base64url")];
  return fromWire(Buffer.concat([field(Buffer.from(algorithm)), field(mpint(exponent)), field(mpint(modulus))]));
}

/** The three fields and nothing after them; the numbers in their one form, positive and without needless zeros. */
function fromWire(wire: Buffer): SshPublicKey | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < wire.length; ) {
    if (at + 4 > wire.length || fields.length === 3) return undefined;
    const from = at + 4;
    at = from + wire.readUInt32BE(at);
    if (at > wire.length) return undefined;
    fields.push(wire.subarray(from, at));
  }
  const [name, exponent, modulus] = fields;
  if (name?.toString("latin1") !== algorithm || exponent === undefined || modulus === undefined) return undefined;
  const isNatural = (number: Buffer) => {
    const first = number[0] ?? 0x80;
    return first < 0x80 && (first > 0 || (number[1] ?? 0) >= 0x80);
  };
  if (!isNatural(exponent) || !isNatural(modulus)) return undefined;
  // An even modulus is no product of two odd primes; under an even exponent, or 1, nothing can be signed.
  const isOdd = (number: Buffer) => (number.at(-1) ?? 0) % 2 === 1;
  if (!isOdd(modulus) || !isOdd(exponent) || (exponent.length === 1 && exponent[0] === 1)) return undefined;
  const digits = modulus[0] === 0 ? modulus.subarray(1) : modulus;
  return { wire, bits: digits.length * 8 - (Math.clz32(digits[0] ?? 0) - 24) };
}

/** `ssh-rsa AAAA…`, without a comment. */
export function sshLineOf(wire: Uint8Array): string {
  return `${algorithm} ${Buffer.from(wire).toString("base64")}`;
}

/** SubjectPublicKeyInfo (RFC 5280, 4.1) in PEM, with a line feed at its end. Only for what `readSshPublicKey` has read. */
export function sshPemOf(wire: Uint8Array): string {
  const bytes = Buffer.from(wire);
  const exponentAt = 4 + bytes.readUInt32BE(0);
  const modulusAt = exponentAt + 4 + bytes.readUInt32BE(exponentAt);
  const e = bytes.subarray(exponentAt + 4, modulusAt).toString("base64url");
  const modulus = bytes.subarray(modulusAt + 4);
  const n = (modulus[0] === 0 ? modulus.subarray(1) : modulus).toString("base64url");
  return String(createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" }).export({ type: "spki", format: "pem" }));
}

/** MD5 over the wire form, a colon between bytes: OpenSSH's fingerprint of old (RFC 4716, 4). */
export function sshFingerprint(wire: Uint8Array): string {
  return (hash("md5", wire, "hex").match(/../g) ?? []).join(":");
}

function field(content: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** RFC 4251, 5: a leading zero keeps a number positive. */
function mpint(digits: Buffer): Buffer {
  return (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits;
}
