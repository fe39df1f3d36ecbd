import { FetchError } from "./fetch-error.ts";
import { fetchPublic, type PublicFetch } from "./fetch-public.ts";

const mostRedirects = 3;

/** A JSON document from elsewhere, within the bounds of `fetchPublic`, and never led to another origin. */
export async function fetchJson(url: string, bounds: Omit<PublicFetch, "headers" | "body">): Promise<unknown> {
  // For all of it, redirects included.
  const signal = AbortSignal.timeout(bounds.timeoutMs);
  let next = new URL(url);
  for (let redirects = 0; ; redirects++) {
    const { status, location, body } = await fetchPublic(next, {
      ...bounds,
      headers: { accept: "application/json" },
      signal,
    });
    if (status < 300 || status > 399 || location === undefined) return read(status, body);
    const target = URL.canParse(location, next.href) ? new URL(location, next) : undefined;
    if (target?.origin !== next.origin || redirects === mostRedirects) {
      throw new FetchError("unusable", "The server leads elsewhere, or around in circles.");
    }
    next = target;
  }
}

function read(status: number, body: string): unknown {
  if (status !== 200) {
    throw new FetchError(status >= 500 ? "unreachable" : "unusable", `The server answers ${status}.`);
  }
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new FetchError("unusable", "The document is no JSON.", error);
  }
}
