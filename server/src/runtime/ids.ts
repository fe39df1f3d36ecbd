import type { Random } from "./random.ts";

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** IAM User Guide, "Unique identifiers": what each prefix stands for. */
export type UniqueIdPrefix = "AIDA" | "AROA" | "AGPA" | "ANPA" | "ANVA" | "AIPA" | "ASCA" | "ACCA";

function base32Letters(random: Random, length: number): string {
  let letters = "";
  for (const byte of random.bytes(length)) letters += base32[byte & 31];
  return letters;
}

/** 21 characters: the prefix that tells the kind, then 17 of base32. */
export function uniqueId(random: Random, prefix: UniqueIdPrefix): string {
  return prefix + base32Letters(random, 17);
}

/**
 * 20 characters. As on AWS, the first eight after the prefix carry the account, so that GetAccessKeyInfo can answer for
 * keys it does not store: 40 bits of base32, one bit set, the account number in the 38 below, one random bit.
 * (Decoding observed by public research of AWS key ids: `(first 48 bits & 0x7fffffffff80) >> 7`.) SSH public keys have ids
 * of the same length (recorded from AWS, 2026-09).
 */
export function accessKeyId(random: Random, prefix: "AKIA" | "ASIA" | "APKA", accountId: string): string {
  const noise = random.bytes(14);
  const bits = (1n << 47n) | (BigInt(accountId) << 7n) | BigInt((noise[0] ?? 0) & 0x7f);
  let letters = "";
  // 48 bits are nine letters of five bits and three bits of a tenth.
  for (let shift = 43n; shift >= 3n; shift -= 5n) letters += base32[Number((bits >> shift) & 31n)];
  letters += base32[Number((bits & 7n) << 2n) | ((noise[1] ?? 0) & 3)];
  for (let at = 2; letters.length < 16; at++) letters += base32[(noise[at] ?? 0) & 31];
  return prefix + letters;
}

/** The account inside an access key id made by `accessKeyId` or by AWS; undefined where the letters hold none. */
export function accountOfAccessKeyId(id: string): string | undefined {
  if (!/^A[KS]IA[A-Z2-7]{16}$/.test(id)) return undefined;
  let bits = 0n;
  for (const letter of id.slice(4, 14)) bits = (bits << 5n) | BigInt(base32.indexOf(letter));
  // Ids from before 2019 have the highest bit clear and say nothing of the account.
  if (bits >> 49n === 0n) return undefined;
  const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n;
  return account < 1_000_000_000_000n ? account.toString().padStart(12, "0") : undefined;
}

/** 40 characters of the base64 alphabet, 240 bits, as AWS's secret access keys. */
export function secretAccessKey(random: Random): string {
  let letters = "";
  for (const byte of random.bytes(40)) letters += base64[byte & 63];
  return letters;
}

/** 22 characters: SAMLSP for a SAML provider, SAMLPK for one of its keys, then 16 digits and capitals (recorded, 2026-09). */
export function samlId(random: Random, prefix: "SAMLSP" | "SAMLPK"): string {
  let letters = "";
  while (letters.length < 16) {
    for (const byte of random.bytes(24)) {
      // 252 = 7 × 36: the rest would favour the first letters.
      if (byte < 252 && letters.length < 16) letters += alphanumeric[byte % 36];
    }
  }
  return prefix + letters;
}

/** `{region}_` and nine letters or digits. */
export function userPoolId(random: Random, region: string): string {
  let letters = "";
  while (letters.length < 9) {
    for (const byte of random.bytes(16)) {
      // 248 = 4 × 62: the rest would favour the first letters.
      if (byte < 248 && letters.length < 9) letters += alphanumeric[byte % 62];
    }
  }
  return `${region}_${letters}`;
}

const base32Hex = "0123456789abcdefghijklmnopqrstuv";

/**
 * A number of so many bits in base 32, without leading zeros: 130 are an app client's id, 260 its secret (their lengths of
 * 25 or 26 and 51 or 52, and their alphabet, as observed on AWS).
 */
export function base32Number(random: Random, bits: 130 | 260): string {
  let letters = "";
  for (const byte of random.bytes(bits / 5)) letters += base32Hex[byte & 31];
  return letters.replace(/^0+/, "");
}

/** As CloudFront names a distribution: `d`, then 13 small letters or digits. */
export function distributionDomain(random: Random): string {
  let letters = "";
  for (const byte of random.bytes(13)) letters += base32Hex[byte & 31];
  return `d${letters}.cloudfront.net`;
}
