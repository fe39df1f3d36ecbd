import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from "node:crypto";

/**
 * Secrets at rest and session tokens, both AES-256-GCM (NIST SP 800-38D) under keys derived from one master key:
 *
 *     version (1) | key id (8) | nonce (12) | ciphertext | tag (16)
 *
 * Version, key id and context are authenticated with the text, so a sealed value opens only where it was put. A nonce is
 * 12 random bytes, never used twice; with random ones the standard allows 2^32 seals under one master key and purpose.
 */
export interface Seal {
  /** `context` says where the value belongs, such as `access_keys:AKIA...`. */
  seal(plain: Uint8Array | string, context: string, nonce: Uint8Array): Uint8Array;
  /** Throws SealError for anything that is not this seal's, whole and from this context. */
  open(sealed: Uint8Array, context: string): Uint8Array;
  /** A text, usually JSON, as base64 that tells its bearer nothing and that he cannot change. */
  sealToken(text: string, nonce: Uint8Array): string;
  /** Undefined for any token that this seal did not make: tokens come from strangers. */
  openToken(token: string): string | undefined;
  /** What only this master key makes of a text, 32 bytes, another for each purpose: for what must look random and stay the same. */
  mac(text: string, purpose: string): Uint8Array;
}

/** malformed: not a sealed value at all; wrong-key: sealed under another master key; tampered: changed, or moved here. */
export type SealErrorCode = "malformed" | "wrong-key" | "tampered";

export class SealError extends Error {
  override readonly name = "SealError";
  readonly code: SealErrorCode;

  constructor(code: SealErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const version = 1;
const keyIdLength = 8;
const headLength = 1 + keyIdLength;
const nonceLength = 12;
const tagLength = 16;
const overhead = headLength + nonceLength + tagLength;
/** No header that node:http lets through holds more. */
const longestToken = 16_384;
/** Not a column's: no value of one kind opens as the other, since each kind has its own key. */
const tokenContext = "session-token";

export function createSeal(masterKey: Uint8Array): Seal {
  if (masterKey.length !== 32) throw new RangeError("A master key is 32 bytes.");
  const columnKey = subkey(masterKey, "countersign column 1");
  const tokenKey = subkey(masterKey, "countersign session token 1");
  const macKey = subkey(masterKey, "countersign mac 1");
  // Derived like the others, so that it gives nothing away about them.
  const head = Buffer.concat([
    Buffer.of(version),
    createHmac("sha256", subkey(masterKey, "countersign key id 1")).digest().subarray(0, keyIdLength),
  ]);
  return {
    seal: (plain, context, nonce) => encrypt(columnKey, head, plain, context, nonce),
    open: (sealed, context) => decrypt(columnKey, head, sealed, context),
    sealToken: (text, nonce) => encrypt(tokenKey, head, text, tokenContext, nonce).toString("base64"),
    mac: (text, purpose) => createHmac("sha256", macKey).update(`${purpose}\n${text}`).digest(),
    openToken(token) {
      if (token.length > longestToken) return undefined;
      const sealed = Buffer.from(token, "base64");
      // Buffer skips what is not base64: only the one spelling that sealToken gave is this token.
      if (sealed.toString("base64") !== token) return undefined;
      try {
        return decrypt(tokenKey, head, sealed, tokenContext).toString();
      } catch (error) {
        if (error instanceof SealError) return undefined;
        throw error;
      }
    },
  };
}

/** Characters of the token that sealToken makes of a text of so many bytes. */
export function tokenLength(bytes: number): number {
  return Math.ceil((overhead + bytes) / 3) * 4;
}

/** One key per purpose (RFC 5869), so that nothing sealed for one can serve for another. */
function subkey(masterKey: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync("sha256", masterKey, new Uint8Array(0), purpose, 32)));
}

function encrypt(
  key: KeyObject,
  head: Uint8Array,
  plain: Uint8Array | string,
  context: string,
  nonce: Uint8Array,
): Buffer {
  if (nonce.length !== nonceLength) throw new RangeError("A nonce is 12 bytes.");
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  cipher.setAAD(head).setAAD(Buffer.from(context));
  const ciphertext = typeof plain === "string" ? cipher.update(plain, "utf8") : cipher.update(plain);
  return Buffer.concat([head, nonce, ciphertext, cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: KeyObject, head: Uint8Array, sealed: Uint8Array, context: string): Buffer {
  if (sealed.length < overhead || sealed[0] !== version) {
    throw new SealError("malformed", "This is not a sealed value, or a later version sealed it.");
  }
  if (!timingSafeEqual(sealed.subarray(0, headLength), head)) {
    throw new SealError("wrong-key", "This value was sealed under another master key.");
  }
  const textStart = headLength + nonceLength;
  const textEnd = sealed.length - tagLength;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(headLength, textStart), {
    authTagLength: tagLength,
  });
  decipher.setAAD(head).setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(textEnd));
  const plain = decipher.update(sealed.subarray(textStart, textEnd));
  try {
    decipher.final();
  } catch {
    plain.fill(0);
    throw new SealError("tampered", "This sealed value was changed, or belongs elsewhere.");
  }
  return plain;
}
