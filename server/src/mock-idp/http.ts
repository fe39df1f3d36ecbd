/** What a listener hands over, and what it is given back. */
export interface MockRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the `?`. */
  readonly query: string;
  readonly headers: { get(name: string): string | undefined };
  readonly body: Uint8Array;
}

export interface MockResponse {
  readonly status: number;
  /** Flat: name, value, name, value. */
  readonly headers: readonly string[];
  readonly body: string;
}

export type MockEndpoint = (request: MockRequest) => Promise<MockResponse> | MockResponse;
export type MockRoutes = Readonly<Record<string, MockEndpoint>>;

/** What cannot be answered as the protocol would have it: a page, in words for a person. */
export class Refused extends Error {
  override readonly name = "Refused";
}

export function json(status: number, value: object, headers: readonly string[] = []): MockResponse {
  return {
    status,
    headers: ["content-type", "application/json", "cache-control", "no-store", ...headers],
    body: JSON.stringify(value),
  };
}

/** 303, so that whatever was posted is not posted again. */
export function redirect(location: string, headers: readonly string[] = []): MockResponse {
  return { status: 303, headers: ["location", location, "cache-control", "no-store", ...headers], body: "" };
}

const longestForm = 262_144;

export function formOf({ body, headers }: MockRequest): URLSearchParams {
  const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded" || body.byteLength > longestForm) return new URLSearchParams();
  return new URLSearchParams(Buffer.from(body).toString());
}

export function cookieOf({ headers }: MockRequest, name: string): string | undefined {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** The URL with these parameters besides its own. */
export function withParameters(url: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) target.searchParams.set(name, value);
  }
  return target.href;
}
