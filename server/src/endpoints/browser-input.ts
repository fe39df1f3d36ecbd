import type { HttpRequest } from "./http.ts";

/** A SAML response, the longest of all, is at most 100 000 characters, each of which may be written as three. */
const longestForm = 409_600;
/** A page of ours has some dozen. */
const mostFields = 1_000;
/** A response of some thousand characters in base64 has one for each thirty of them. */
const mostEscapes = 2_000;

/** The body as a form; empty where it is none, and undefined where it is too large to be looked at. */
export function formOf({ headers, body }: Pick<HttpRequest, "headers" | "body">): URLSearchParams | undefined {
  const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return new URLSearchParams();
  if (body.length > longestForm) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  const fields = text.split("&", mostFields + 1);
  if (fields.length > mostFields) return undefined;
  const pairs: [string, string][] = [];
  for (const pair of fields) {
    // As browsers count, nothing is no field (URL Standard, 5.1).
    if (pair === "") continue;
    const at = pair.indexOf("=");
    pairs.push(at === -1 ? [decoded(pair), ""] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))]);
  }
  return new URLSearchParams(pairs);
}

/**
 * A name or a value as it was before it was written so. Of base64, whose escapes are few and each one character of ASCII,
 * in a quarter of the time of URLSearchParams, which decodes all else.
 */
function decoded(written: string): string {
  const text = written.includes("+") ? written.replaceAll("+", " ") : written;
  let mark = text.indexOf("%");
  let plain = "";
  let from = 0;
  for (let escapes = 0; mark !== -1; escapes++) {
    const code = codeAt(text, mark + 1);
    if (code === undefined || escapes >= mostEscapes) return new URLSearchParams(`=${written}`).get("") ?? "";
    plain += text.slice(from, mark) + String.fromCharCode(code);
    from = mark + 3;
    mark = text.indexOf("%", from);
  }
  return from === 0 ? text : plain + text.slice(from);
}

/** What two hexadecimal digits stand for, if it is a character of ASCII. */
function codeAt(text: string, at: number): number | undefined {
  const [high, low] = [digitOf(text.charCodeAt(at)), digitOf(text.charCodeAt(at + 1))];
  return high === undefined || low === undefined || high > 7 ? undefined : high * 16 + low;
}

function digitOf(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  // In lower case.
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}

const longestHeader = 16_384;

/**
 * A cookie of a Cookie header (RFC 6265, 4.2.1), as it stands there. The first of a name is the one of the longest path
 * (5.4), which is this pool's.
 */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  if (header === undefined || header.length > longestHeader) return undefined;
  const start = `${name}=`;
  for (const part of header.split(/[;,]/)) {
    const pair = part.trim();
    if (pair.startsWith(start)) return pair.slice(start.length);
  }
  return undefined;
}
