/**
 * The measure of all things here: node:http with the options that Countersign listens with, reading each body to its end
 * and answering bytes it was given. Which ones is the digit, to base 36, in the request's path, so that choosing costs one comparison.
 * It prints its port.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface BareAnswer {
  readonly status: number;
  /** Flat: name, value, name, value. */
  readonly headers: readonly string[];
  readonly body: string;
}

const answers = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as BareAnswer[]; // servers.ts wrote this file

const zero = 48;
const letters = 97;

const server = createServer(
  // As in src/endpoints/listen.ts.
  {
    maxHeaderSize: 32_768,
    noDelay: true,
    keepAlive: true,
    keepAliveTimeout: 65_000,
    headersTimeout: 20_000,
    requestTimeout: 60_000,
    connectionsCheckingInterval: 5_000,
  },
  (request, response) => {
    let first: Buffer | undefined;
    let chunks: Buffer[] | undefined;
    request.on("data", (chunk: Buffer) => {
      if (first === undefined) first = chunk;
      else if (chunks === undefined) chunks = [first, chunk];
      else chunks.push(chunk);
    });
    request.on("end", () => {
      const digit = (request.url ?? "").charCodeAt(1);
      const answer = answers[digit < letters ? digit - zero : digit - letters + 10];
      if (answer === undefined) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(answer.status, [...answer.headers]);
      response.end(answer.body, Buffer.byteLength(answer.body) === answer.body.length ? "latin1" : "utf8");
    });
  },
);
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // a TCP server's
  console.log(`bare node:http listening on http://127.0.0.1:${port}`);
});
process.on("SIGTERM", () => process.exit(0));
