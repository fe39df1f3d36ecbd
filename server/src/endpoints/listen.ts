import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Log } from "../runtime/log.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "./http.ts";
import { plain } from "./http.ts";

/** Largest body read: the largest valid request is under 200 kB (a SAML metadata document in form encoding). */
const bodyLimit = 1_048_576;
/** Request line and headers together; a signed request with a session token stays under 8 KiB. */
const headerLimit = 32_768;

export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Takes no new connections, lets requests under way finish for at most `graceMs`, then closes what is left. */
  stop(graceMs: number): Promise<void>;
}

export async function listen(options: { host: string; port: number; endpoint: Endpoint; log: Log }): Promise<Listener> {
  const { endpoint, log } = options;
  const server = createServer(
    {
      maxHeaderSize: headerLimit,
      noDelay: true,
      keepAlive: true,
      // Longer than the 60 s of common load balancers, so that the client side closes first.
      keepAliveTimeout: 65_000,
      headersTimeout: 20_000,
      requestTimeout: 60_000,
    },
    (request, response) => receive(request, response, endpoint, log),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return;
    const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("listening on no TCP port");
  return { host: options.host, port: address.port, stop: (graceMs) => stop(server, graceMs) };
}

function stop(server: Server, graceMs: number): Promise<void> {
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

function receive(request: IncomingMessage, response: ServerResponse, endpoint: Endpoint, log: Log): void {
  // Most requests arrive in one piece: the first chunk is kept as it is, and only a second one makes a list.
  let first: Buffer | undefined;
  let chunks: Buffer[] | undefined;
  let size = 0;
  const declared = request.headers["content-length"];
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
    answer(plainRequest(request, body), response, endpoint, log);
  });
}

async function answer(request: HttpRequest, response: ServerResponse, endpoint: Endpoint, log: Log): Promise<void> {
  let answered: HttpResponse;
  try {
    answered = await endpoint(request);
  } catch (error) {
    // Endpoints word their own errors; what comes here is a fault in one of them.
    log.error("endpoint failed", { path: request.path, error });
    answered = plain(500, "");
  }
  send(response, answered);
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  response.writeHead(status, [...headers, "content-length", String(Buffer.byteLength(body))]);
  response.end(body);
}

/** The rest of a body that is too large is not read: the connection closes once the answer is out. */
function tooLarge(request: IncomingMessage, response: ServerResponse): void {
  response.shouldKeepAlive = false;
  send(response, plain(413, "", ["connection", "close"]));
  request.resume();
  response.on("finish", () => request.socket.destroySoon());
}

function plainRequest(request: IncomingMessage, body: Uint8Array): HttpRequest {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  const headers = new Map<string, string>();
  const raw = request.rawHeaders;
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    const value = raw[at + 1] ?? "";
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? "" : url.slice(mark + 1),
    headers,
    body,
    remoteAddress: request.socket.remoteAddress ?? "",
    secure: false,
  };
}
