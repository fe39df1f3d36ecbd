import { malformed } from "./saml-error.ts";

/** The longest message that any caller takes, in characters of base64 and in bytes of XML. */
export const longestMessage = 100_000;

/** White space is of no account in base64 (XML Schema, 3.2.16); everything else in it must be base64. */
export function decodeBase64(text: string, longest = longestMessage): Buffer {
  if (text.length > longest) throw malformed("The base64 is too long.");
  const hasSpace = text.includes("\n") || text.includes(" ") || text.includes("\r") || text.includes("\t");
  const compact = hasSpace ? text.replaceAll(/[\t\r\n ]/g, "") : text;
  const bytes = Buffer.from(compact, "base64");
  if (bytes.length === 0 || !isAllOf(bytes, compact)) throw malformed("This is no base64.");
  return bytes;
}

/**
 * Whether nothing of the text was skipped, as Buffer skips what is not base64: there are as many bytes as its length says, and
 * those of a last group that is not whole are written so. Padding may be left out. Writing all of it again would cost more.
 */
function isAllOf(bytes: Buffer, text: string): boolean {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = text.length - padding;
  const rest = digits % 4;
  if (rest === 1 || bytes.length !== Math.floor((digits * 3) / 4)) return false;
  // The digits of base64url, which Buffer knows, too.
  if (text.includes("-") || text.includes("_")) return false;
  return rest === 0
    ? padding === 0
    : bytes
        .subarray(1 - rest)
        .toString("base64")
        .startsWith(text.slice(digits - rest));
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed("The text is not UTF-8.");
  }
}
