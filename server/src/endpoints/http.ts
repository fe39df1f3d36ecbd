/**
 * endpoints/: what can come in, and how it goes out. listen.ts owns the socket and its limits, routes.ts is the one
 * table from method and path to endpoint, and each endpoint turns plain request data into calls on services/ and their
 * answers into plain response data. Nothing below this room knows HTTP, headers or XML; nothing in it touches the store.
 */

export interface HttpRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the `?`. */
  readonly query: string;
  /** Lower-case names; a name sent more than once has its values joined by a comma, in order (RFC 9110, 5.3). */
  readonly headers: { get(name: string): string | undefined };
  readonly body: Uint8Array;
  readonly remoteAddress: string;
  readonly secure: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Flat: name, value, name, value. */
  readonly headers: readonly string[];
  readonly body: string;
  /** In place of the body, of what is no text. */
  readonly bytes?: Uint8Array | undefined;
}

export type Endpoint = (request: HttpRequest) => Promise<HttpResponse> | HttpResponse;

export function plain(status: number, body: string, headers: readonly string[] = []): HttpResponse {
  return { status, headers: ["content-type", "text/plain; charset=utf-8", ...headers], body };
}

export function json(status: number, value: unknown): HttpResponse {
  return { status, headers: ["content-type", "application/json"], body: `${JSON.stringify(value)}\n` };
}

/** RFC 9110, 5.5: a field value holds no control characters, and what is not ASCII has no meaning there. */
export function headerSafe(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, " ").slice(0, 1024);
}
