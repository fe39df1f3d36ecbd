import type { HttpRequest } from "./http.ts";

/** A SAML response, the longest of all, is at most 100 000 characters, each of which may be written as three. */
const longestForm = 409_600;

/** The body as a form; empty where it is none, and undefined where it is too large to be looked at. */
export function formOf({ headers, body }: Pick<HttpRequest, "headers" | "body">): URLSearchParams | undefined {
  const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return new URLSearchParams();
  if (body.length > longestForm) return undefined;
  return new URLSearchParams(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
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
