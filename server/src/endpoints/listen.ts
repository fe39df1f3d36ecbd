import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Log } from "../runtime/log.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "./http.ts";
import { plain } from "./http.ts";

/**
 * Not imported: an import reads every export of a module of Node's, and behind one of this module's (WebSocket) is the
 * whole of fetch, which takes as long to load as all that a start needs.
 */
const { createServer } = process.getBuiltinModule("node:http");

/** Sizes in bytes, times in milliseconds. */
export const defaultLimits = {
  /** The largest valid request is under 200 kB: a SAML metadata document in form encoding. */
  body: 1_048_576,
  /** Request line and headers together; a signed request with a session token stays under 8 KiB. */
  headers: 32_768,
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  /** Longer than the 60 s of common load balancers, so that the client side closes first. */
  keepAliveTimeout: 65_000,
  /** How often the first two times are looked at. */
  checkingInterval: 5_000,
} as const;

export type Limits = { readonly [Name in keyof typeof defaultLimits]: number };

export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Takes no new connections, lets requests under way finish for at most `graceMs`, then closes what is left. */
  stop(graceMs: number): Promise<void>;
}

export async function listen(options: {
  host: string;
  port: number;
  endpoint: Endpoint;
  log: Log;
  limits?: Partial<Limits>;
  /** Who may send more than others, known before it is read: the most bytes, or undefined for as many as everybody. */
  bodyLimitOf?: (method: string, url: string) => number | undefined;
}): Promise<Listener> {
  const limits = { ...defaultLimits, ...options.limits };
  const context: Context = {
    endpoint: options.endpoint,
    log: options.log,
    bodyLimit: limits.body,
    bodyLimitOf: options.bodyLimitOf ?? (() => undefined),
    finished: [],
    stopping: false,
  };
  // What is no HTTP, or takes too long to become it, Node.js answers itself: 400, 408, 431.
  const server = createServer(
    {
      maxHeaderSize: limits.headers,
      noDelay: true,
      keepAlive: true,
      keepAliveTimeout: limits.keepAliveTimeout,
      headersTimeout: limits.headersTimeout,
      requestTimeout: limits.requestTimeout,
      connectionsCheckingInterval: limits.checkingInterval,
    },
    (request, response) => receive(request, response, context),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("listening on no TCP port");
  return { host: options.host, port: address.port, stop: (graceMs) => stop(server, context, graceMs) };
}

/** What one listener's requests share. */
interface Context {
  readonly endpoint: Endpoint;
  readonly log: Log;
  readonly bodyLimit: number;
  readonly bodyLimitOf: (method: string, url: string) => number | undefined;
  /** What this turn of the event loop has made and not yet sent. */
  readonly finished: Finished[];
  stopping: boolean;
}

interface Finished {
  readonly response: ServerResponse;
  readonly answer: HttpResponse;
}

function stop(server: Server, context: Context, graceMs: number): Promise<void> {
  context.stopping = true;
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

const nothing = new Uint8Array(0);

function receive(request: IncomingMessage, response: ServerResponse, context: Context): void {
  // Most requests arrive in one piece: the first chunk is kept as it is, and only a second one makes a list.
  let first: Buffer | undefined;
  let chunks: Buffer[] | undefined;
  let size = 0;
  const declared = request.headers["content-length"];
  const { method = "", url = "" } = request;
  const bodyLimit = (method === "PUT" ? context.bodyLimitOf(method, url) : undefined) ?? context.bodyLimit;
  if (declared !== undefined && Number(declared) > bodyLimit) {
    tooLarge(request, response);
    return;
  }
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > bodyLimit) {
      request.removeAllListeners("data");
      request.removeAllListeners("end");
      tooLarge(request, response);
      return;
    }
    if (first === undefined) first = chunk;
    else if (chunks === undefined) chunks = [first, chunk];
    else chunks.push(chunk);
  });
  request.on("end", () => {
    const body = chunks === undefined ? (first ?? nothing) : Buffer.concat(chunks);
    answer(plainRequest(request, body), response, context);
  });
}

async function answer(request: HttpRequest, response: ServerResponse, context: Context): Promise<void> {
  let answered: HttpResponse;
  try {
    const given = context.endpoint(request);
    answered = given instanceof Promise ? await given : given;
  } catch (error) {
    // Endpoints word their own errors; what comes here is a fault in one of them.
    context.log.error("endpoint failed", { path: request.path, error });
    answered = plain(500, "");
  }
  // The answers of one turn go out together, at its end. Written each when it is made, most of them would find their
  // reader asleep, and waking one takes the system as long as half a request takes us.
  if (context.finished.push({ response, answer: answered }) === 1) setImmediate(deliver, context);
}

function deliver(context: Context): void {
  for (const { response, answer } of context.finished.splice(0)) {
    // A connection kept alive would keep the process from stopping.
    if (context.stopping) response.shouldKeepAlive = false;
    send(response, answer);
  }
}

function send(response: ServerResponse, { status, headers, body, bytes }: HttpResponse): void {
  if (bytes !== undefined) {
    response.writeHead(status, [...headers, "content-length", String(bytes.length)]);
    response.end(bytes);
    return;
  }
  const length = Buffer.byteLength(body);
  response.writeHead(status, [...headers, "content-length", String(length)]);
  // As many bytes as letters: it is all ASCII, which Node writes faster where it is told so.
  response.end(body, length === body.length ? "latin1" : "utf8");
}

/**
 * The answer goes out at once and the connection closes, but not before the client has said all that it wanted to say, or
 * the request's time is up: closing earlier would reset the connection and could take the answer with it.
 */
function tooLarge(request: IncomingMessage, response: ServerResponse): void {
  response.shouldKeepAlive = false;
  response.writeHead(413, ["content-length", "0"]);
  response.flushHeaders();
  request.resume();
  request.once("close", () => response.end());
}

function plainRequest(request: IncomingMessage, body: Uint8Array): HttpRequest {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? "" : url.slice(mark + 1),
    headers: headersOf(request),
    body,
    remoteAddress: request.socket.remoteAddress ?? "",
    secure: false,
  };
}

function headersOf({ headers, rawHeaders }: IncomingMessage): HttpRequest["headers"] {
  let names = 0;
  for (const _ in headers) names++;
  // Node has read them already, and drops or joins in its own ways what comes twice.
  if (names * 2 === rawHeaders.length) return new HeadersSentOnce(headers);
  const joined = new Map<string, string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? "").toLowerCase();
    const value = rawHeaders[at + 1] ?? "";
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return joined;
}

class HeadersSentOnce {
  readonly #headers: IncomingMessage["headers"];

  constructor(headers: IncomingMessage["headers"]) {
    this.#headers = headers;
  }

  get(name: string): string | undefined {
    const value = this.#headers[name];
    // What every object inherits is no text; Set-Cookie, which Node makes a list, is no header of a request.
    return typeof value === "string" ? value : undefined;
  }
}
