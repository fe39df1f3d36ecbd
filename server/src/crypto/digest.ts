import { createHash, createHmac, hash, timingSafeEqual } from "node:crypto";

/** SHA-256 of a text, as base64url: for telling one text from another. */
export function sha256(text: string): string {
  return hash("sha256", text, "base64url");
}

/** SHA-1 of a text, as base64: for names that AWS makes of it, and never for what must not be forged. */
export function sha1(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}

export function hmacSha256(key: string | Uint8Array, text: string): Uint8Array {
  return createHmac("sha256", key).update(text).digest();
}

/** As `equalDigests`, of texts. */
export function timingSafeText(a: string, b: string): boolean {
  return equalDigests(Buffer.from(a), Buffer.from(b));
}

/** In a time that tells nothing of where they differ. */
export function equalDigests(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
