/** unreachable: no answer in time, or the server's own fault; unusable: an answer that is not what was asked for. */
export type FetchErrorCode = "unreachable" | "unusable";

export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly code: FetchErrorCode;

  constructor(code: FetchErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export interface FetchBounds {
  /** For all of it, redirects included. */
  readonly timeoutMs: number;
  readonly bytes: number;
}

const mostRedirects = 3;

/**
 * A JSON document from elsewhere, whoever answers: bounded in time and size, and never led to another origin. Node loads
 * its HTTP client when the first one is asked for.
 */
export async function fetchJson(url: string, { timeoutMs, bytes }: FetchBounds): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs);
  let next = new URL(url);
  for (let redirects = 0; ; redirects++) {
    const response = await reach(next, signal);
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return read(response, bytes);
    await response.body?.cancel();
    const target = new URL(location, next);
    if (target.origin !== next.origin || redirects === mostRedirects) {
      throw new FetchError("unusable", "The server leads elsewhere, or around in circles.");
    }
    next = target;
  }
}

async function reach(url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { redirect: "manual", signal, headers: { accept: "application/json" } });
  } catch (error) {
    throw new FetchError("unreachable", "The server does not answer.", error);
  }
}

async function read(response: Response, limit: number): Promise<unknown> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new FetchError(response.status >= 500 ? "unreachable" : "unusable", `The server answers ${response.status}.`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > limit) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new FetchError("unreachable", "The server stopped in the middle.", error);
  }
  if (length > limit) throw new FetchError("unusable", "The document is too long.");
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    throw new FetchError("unusable", "The document is no JSON.", error);
  }
}
