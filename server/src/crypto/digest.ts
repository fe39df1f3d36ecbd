import { createHash } from "node:crypto";

/** SHA-256 of a text, as base64url: for telling one text from another. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** SHA-1 of a text, as base64: for names that AWS makes of it, and never for what must not be forged. */
export function sha1(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}
