import { constants, createHash, type KeyObject, privateDecrypt, timingSafeEqual } from "node:crypto";

export type OaepHash = "sha1" | "sha256" | "sha384" | "sha512";

/**
 * RSAES-OAEP (RFC 8017, 7.1.2) with an empty label, where the mask may be made with another hash than the rest, as XML
 * Encryption's default has it and node:crypto has not: each of `maskHashes` is tried. Undefined for what the key does not
 * open; nothing about why shows, in time either, since from that a message could be found out (Manger, 2001).
 */
export function decryptOaep(
  privateKey: KeyObject,
  ciphertext: Uint8Array,
  hash: OaepHash,
  maskHashes: readonly OaepHash[],
): Uint8Array | undefined {
  let encoded: Uint8Array;
  try {
    encoded = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, ciphertext);
  } catch {
    // Of another length than the modulus, or not below it.
    return undefined;
  }
  let opened: Uint8Array | undefined;
  for (const maskHash of maskHashes) opened = decode(encoded, hash, maskHash) ?? opened;
  return opened;
}

function decode(encoded: Uint8Array, hash: OaepHash, maskHash: OaepHash): Uint8Array | undefined {
  const labelHash = createHash(hash).digest();
  const size = labelHash.length;
  if (encoded.length < 2 * size + 2) return undefined;
  const maskedBlock = encoded.subarray(1 + size);
  const seed = xor(encoded.subarray(1, 1 + size), mask(maskedBlock, size, maskHash));
  const block = xor(maskedBlock, mask(seed, maskedBlock.length, maskHash));
  let isWrong = encoded[0] ?? 1;
  isWrong |= Number(!timingSafeEqual(block.subarray(0, size), labelHash));
  // Zeros, a one, the message: every byte is looked at, wherever the one is.
  let isPadding = 1;
  let start = 0;
  for (let index = size; index < block.length; index++) {
    const byte = block[index] ?? 0;
    const isOne = Number(byte === 1);
    const isZero = Number(byte === 0);
    isWrong |= isPadding & (1 - (isOne | isZero));
    start |= (isPadding & isOne) * (index + 1);
    isPadding &= isZero;
  }
  isWrong |= isPadding;
  return isWrong === 0 ? block.subarray(start) : undefined;
}

/** MGF1 (RFC 8017, B.2.1). */
function mask(seed: Uint8Array, length: number, hash: OaepHash): Uint8Array {
  const blocks: Uint8Array[] = [];
  const counter = Buffer.alloc(4);
  for (let made = 0, index = 0; made < length; index++) {
    counter.writeUInt32BE(index);
    const block = createHash(hash).update(seed).update(counter).digest();
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  return Uint8Array.from(one, (byte, index) => byte ^ (other[index] ?? 0));
}
