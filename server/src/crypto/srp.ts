import {
  createHash,
  createHmac,
  createSecretKey,
  getDiffieHellman,
  hash,
  hkdfSync,
  timingSafeEqual,
} from "node:crypto";

/*
 * Secure Remote Password as Cognito speaks it (developer guide, "SRP"; amazon-cognito-identity-js and pycognito, which
 * both interoperate with AWS): RFC 5054's protocol over the 3072-bit group of RFC 3526, SHA-256, and a session key made by
 * HKDF. Pure arithmetic: who calls brings the random numbers and the modular powers, which take half a millisecond of a
 * core each.
 */

/** `(factor · base ^ exponent) ^ outer mod N`, all as big-endian bytes. */
export type PowerOfProduct = (product: {
  readonly factor: Uint8Array;
  readonly base: Uint8Array;
  readonly exponent: Uint8Array;
  readonly outer: Uint8Array;
}) => Promise<Uint8Array>;

const group = getDiffieHellman("modp15");
const prime = fromBytes(group.getPrime());
export const generator: Uint8Array = Uint8Array.of(2);
/** Bytes of a number of the group. */
const groupBytes = 384;
/** H(pad(N) ‖ pad(g)). */
const multiplier = fromBytes(sha256(pad(toBytes(prime)), pad(generator)));

export function fromBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

export function toBytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
}

/** As Java's BigInteger.toByteArray, which Cognito was written with: a zero byte before a number whose top bit is set. */
function pad(number: Uint8Array): Uint8Array {
  let start = 0;
  while (start < number.length - 1 && number[start] === 0) start++;
  const bytes = number.subarray(start);
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  // Node's one-shot hash costs a third of an object that is told part by part.
  return hash(
    "sha256",
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part))),
    "buffer",
  );
}

/** Of a key that Node has been told is one, as in `sessionKey`: for plain bytes, Node 24 takes twice as long or more. */
function hmac(key: Uint8Array, ...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const mac = createHmac("sha256", createSecretKey(key));
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** A number of the group as clients send it, in hexadecimal; undefined for anything that would give the key away. */
export function readGroupNumber(hex: string): bigint | undefined {
  if (!/^[0-9a-fA-F]{1,800}$/.test(hex)) return undefined;
  const value = BigInt(`0x${hex}`);
  // RFC 5054, 2.5.4: the host must abort if A mod N is zero.
  return value % prime === 0n ? undefined : value;
}

/**
 * Who proves to know which password: a user in a pool, by the part of the pool's id after `_` and the username; a device,
 * by the key of its group and its own.
 */
export interface Identity {
  readonly group: string;
  readonly name: string;
}

/** x: as big-endian bytes. */
export function privateKey({ group: groupName, name }: Identity, password: string, salt: Uint8Array): Uint8Array {
  return sha256(pad(salt), sha256(`${groupName}${name}:${password}`));
}

/**
 * Whether a verifier leaves the password in the key. A device's comes from its client, and the powers of 0, 1 and N − 1,
 * which OpenSSL refuses to compute, are known without any password.
 */
export function isVerifier(verifier: Uint8Array): boolean {
  const value = fromBytes(verifier);
  return value > 1n && value < prime - 1n;
}

/** A verifier that nobody has a password of, the same for the same secret. */
export function inventVerifier(secret: Uint8Array): Uint8Array {
  const verifier = createHash("shake256", { outputLength: groupBytes }).update(secret).digest();
  // Below the prime, whose first bytes are all ones.
  verifier[0] = (verifier[0] ?? 0) & 0x7f;
  return verifier;
}

/** B = k·v + g^b: what the server sends. */
export function serverPublic(verifier: Uint8Array, generatorPower: Uint8Array): bigint {
  return (multiplier * fromBytes(verifier) + fromBytes(generatorPower)) % prime;
}

/** u = H(pad(A) ‖ pad(B)); undefined for zero, which would leave the password out of the key. */
export function scramble(clientPublic: bigint, serverNumber: bigint): Uint8Array | undefined {
  const u = sha256(pad(toBytes(clientPublic)), pad(toBytes(serverNumber)));
  return u.every((byte) => byte === 0) ? undefined : u;
}

/** S = (A·v^u)^b, as big-endian bytes: two of the three powers of a sign-in. */
export function sharedSecret(
  powerOfProduct: PowerOfProduct,
  numbers: {
    readonly clientPublic: Uint8Array;
    readonly verifier: Uint8Array;
    readonly scramble: Uint8Array;
    readonly serverSecret: Uint8Array;
  },
): Promise<Uint8Array> {
  const { clientPublic: factor, verifier: base, scramble: exponent, serverSecret: outer } = numbers;
  return powerOfProduct({ factor, base, exponent, outer });
}

/** HKDF (RFC 5869) with the salt pad(u) over pad(S), of which 16 bytes are taken. */
export function sessionKey(u: Uint8Array, secret: Uint8Array): Uint8Array {
  return Buffer.from(hkdfSync("sha256", createSecretKey(pad(secret)), pad(u), "Caldera Derived Key", 16));
}

/** What PASSWORD_CLAIM_SIGNATURE proves. */
export function claimSignature(
  key: Uint8Array,
  { group: groupName, name }: Identity,
  secretBlock: Uint8Array,
  timestamp: string,
): Uint8Array {
  return hmac(key, groupName, name, secretBlock, timestamp);
}

export function isSameSignature(expected: Uint8Array, given: string): boolean {
  const bytes = Buffer.from(given, "base64");
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const timestampForm = /^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d{1,2}) (\d\d):(\d\d):(\d\d) UTC (\d{4})$/;

/** `Tue Sep 5 09:03:07 UTC 2023`, in milliseconds since the epoch; undefined for anything else. */
export function readTimestamp(text: string): number | undefined {
  const [, weekday, month = "", day = "", hour, minute, second, year] = timestampForm.exec(text) ?? [];
  const at = Date.UTC(Number(year), months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second));
  // Date.UTC takes a 31st of February for a day in March; what was meant reads the same when it is written.
  const written = `${weekday}, ${day.padStart(2, "0")} ${month} ${year} ${hour}:${minute}:${second} GMT`;
  return new Date(at).toUTCString() === written ? at : undefined;
}
