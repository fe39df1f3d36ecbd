import { malformed } from "./saml-error.ts";

/** The longest message that any caller takes, in characters of base64 and in bytes of XML. */
export const longestMessage = 100_000;

/** White space is of no account in base64 (XML Schema, 3.2.16); everything else in it must be base64. */
export function decodeBase64(text: string, longest = longestMessage): Buffer {
  if (text.length > longest) throw malformed("The base64 is too long.");
  const compact = /[\t\r\n ]/.test(text) ? text.replaceAll(/[\t\r\n ]/g, "") : text;
  const bytes = Buffer.from(compact, "base64");
  // Buffer skips what is not base64: only what comes out again was all of it. Padding may be left out.
  if (bytes.length === 0 || !bytes.toString("base64").startsWith(compact)) throw malformed("This is no base64.");
  return bytes;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed("The text is not UTF-8.");
  }
}
