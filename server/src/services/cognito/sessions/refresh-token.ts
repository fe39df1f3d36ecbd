import { SealError } from "../../../crypto/seal.ts";
import type { Environment } from "../../operation.ts";

/** What a refresh token says to us, and to nobody else. */
export interface RefreshToken {
  /** Of its session. */
  readonly eventId: string;
  readonly userId: string;
  /** How often it had been rotated before. */
  readonly rotation: number;
}

const context = "refresh-token";
/** version and key id | nonce | text | tag: the parts of a sealed value (crypto/seal.ts). */
const headLength = 9;
const nonceLength = 12;
const tagLength = 16;
const uuidLength = 16;
const textLength = 2 * uuidLength + 4;
const sealedLength = headLength + nonceLength + textLength + tagLength;

/**
 * The header of AWS's own, for applications that look at it, although it is for nobody to read. The parts are those of
 * JSON Web Encryption in compact serialization (RFC 7516, 3.1), with the name of our key where theirs is wrapped.
 */
const header = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString("base64url");

export function sealRefreshToken(
  { seal, random }: Pick<Environment, "seal" | "random">,
  { eventId, userId, rotation }: RefreshToken,
): string {
  const text = Buffer.alloc(textLength);
  text.write(eventId.replaceAll("-", ""), 0, "hex");
  text.write(userId.replaceAll("-", ""), uuidLength, "hex");
  text.writeUInt32BE(rotation, 2 * uuidLength);
  const sealed = Buffer.from(seal.seal(text, context, random.bytes(nonceLength)));
  const nonceEnd = headLength + nonceLength;
  const parts = [
    sealed.subarray(0, headLength),
    sealed.subarray(headLength, nonceEnd),
    sealed.subarray(nonceEnd, nonceEnd + textLength),
    sealed.subarray(nonceEnd + textLength),
  ];
  return [header, ...parts.map((part) => part.toString("base64url"))].join(".");
}

/** Undefined for what is no refresh token of ours. */
export function openRefreshToken({ seal }: Pick<Environment, "seal">, token: string): RefreshToken | undefined {
  if (token.length > 512) return undefined;
  const [first, ...parts] = token.split(".");
  if (first !== header || parts.length !== 4) return undefined;
  const sealed = Buffer.concat(parts.map((part) => Buffer.from(part, "base64url")));
  if (sealed.length !== sealedLength) return undefined;
  try {
    const text = Buffer.from(seal.open(sealed, context));
    return {
      eventId: uuidOf(text.subarray(0, uuidLength)),
      userId: uuidOf(text.subarray(uuidLength, 2 * uuidLength)),
      rotation: text.readUInt32BE(2 * uuidLength),
    };
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
