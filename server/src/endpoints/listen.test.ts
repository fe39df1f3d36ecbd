import assert from "node:assert/strict";
import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { after, suite, test } from "node:test";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { harness, startOfTest } from "../../test/harness.ts";
import { createLog, silentLog } from "../runtime/log.ts";
import { type Endpoint, type HttpRequest, plain } from "./http.ts";
import { defaultLimits, type Limits, type Listener, listen } from "./listen.ts";
import { routes } from "./routes.ts";

/** The last two are what every object answers to. */
const names = ["x-amz-target", "x-twice", "x-text", "constructor", "__proto__"];

const echo: Endpoint = (request) => {
  const headers = names.flatMap((name) => {
    const value = request.headers.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return plain(200, JSON.stringify({ ...request, headers, body: request.body.byteLength }));
};

async function listening(endpoint: Endpoint = echo, limits: Partial<Limits> = {}, log = silentLog): Promise<Listener> {
  const listener = await listen({ host: "127.0.0.1", port: 0, endpoint, log, limits });
  after(() => listener.stop(0));
  return listener;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
}

function send(
  { port }: Listener,
  { method = "POST", path = "/", headers = {}, body = "", agent }: Sent = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: "127.0.0.1", port, method, path, headers, agent: agent ?? false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A connection on which anything can be said. */
function open({ port }: Listener): { socket: Socket; until(text: string): Promise<string>; closed: Promise<string> } {
  const socket = connect(port, "127.0.0.1");
  let received = "";
  const waiting: { text: string; resolve: (received: string) => void }[] = [];
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    for (const { text, resolve } of waiting) if (received.includes(text)) resolve(received);
  });
  const closed = new Promise<string>((resolve) => socket.on("close", () => resolve(received)));
  // A reset tells no more than the close that follows it.
  socket.on("error", () => {});
  return {
    socket,
    until: (text) =>
      new Promise((resolve) => (received.includes(text) ? resolve(received) : waiting.push({ text, resolve }))),
    closed,
  };
}

suite("listen: requests", async () => {
  const listener = await listening();
  const told = async (sent: Sent): Promise<HttpRequest & { headers: [string, string][]; body: number }> =>
    JSON.parse((await send(listener, sent)).body);

  test("a request comes as it was sent", async () => {
    const request = await told({
      method: "PUT",
      path: "/a//b/../c%2F?x=%20+1&y=?&",
      headers: { "X-Amz-Target": "Service.Operation", "X-Twice": ["1", "2"] },
      body: "äöü",
    });
    assert.deepEqual(request, {
      method: "PUT",
      path: "/a//b/../c%2F",
      query: "x=%20+1&y=?&",
      headers: [
        ["x-amz-target", "Service.Operation"],
        ["x-twice", "1,2"],
      ],
      body: 6,
      remoteAddress: "127.0.0.1",
      secure: false,
    });
  });

  test("a header is there only where it was sent", async () => {
    const { headers } = await told({ headers: { "X-Text": "a" } });
    assert.deepEqual(headers, [["x-text", "a"]]);
    const twice = await told({ headers: { "X-Twice": ["1", "2"], Host: "x" } });
    assert.deepEqual(twice.headers, [["x-twice", "1,2"]]);
    const named = await told({ headers: { constructor: "b" } });
    assert.deepEqual(named.headers, [["constructor", "b"]]);
  });

  test("a request without a query has an empty one", async () => {
    assert.equal((await told({ path: "/" })).query, "");
    assert.equal((await told({ path: "/?" })).query, "");
  });

  test("header values come byte by byte, as they are signed", async () => {
    const { socket, until } = open(listener);
    socket.end(
      Buffer.from("GET / HTTP/1.1\r\nhost: x\r\nx-text: \xe9\xc3\xa9  a\r\nconnection: close\r\n\r\n", "latin1"),
    );
    const answer = Buffer.from(await until("}"), "latin1").toString();
    assert.match(answer, /\["x-text","\u00e9\u00c3\u00a9 {2}a"\]/);
  });

  test("a body may come in pieces", async () => {
    const { socket, until } = open(listener);
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    for (const piece of ["a", "bc", "def"]) socket.write(`${piece.length}\r\n${piece}\r\n`);
    socket.write("0\r\n\r\n");
    assert.match(await until("}"), /"body":6/);
    socket.destroy();
  });

  test("an answer has its length, and what was said of it", async () => {
    const answer = await send(listener);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], "text/plain; charset=utf-8");
    assert.equal(answer.headers["content-length"], String(Buffer.byteLength(answer.body)));
    assert.equal(answer.headers["transfer-encoding"], undefined);
    assert.ok(answer.headers.date);
  });

  test("HEAD has an answer without a body", async () => {
    const answer = await send(listener, { method: "HEAD" });
    assert.deepEqual([answer.status, answer.body], [200, ""]);
  });

  test("one connection carries one request after another, and several written at once", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let times = 0; times < 3; times++) {
      const { headers } = await send(listener, { agent });
      assert.equal(headers.connection, "keep-alive");
      assert.equal(headers["keep-alive"], "timeout=65");
    }
    assert.equal(Object.values(agent.freeSockets).flat().length, 1);
    agent.destroy();
    const { socket, until } = open(listener);
    socket.write(["/1", "/2", "/3"].map((path) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`).join(""));
    const answers = await until('"path":"/3"');
    assert.ok(answers.indexOf('"path":"/1"') < answers.indexOf('"path":"/2"'));
    socket.destroy();
  });

  test("a client that goes away in the middle of its request harms nobody", async () => {
    const { socket, closed } = open(listener);
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf");
    await send(listener);
    socket.resetAndDestroy();
    await closed;
    assert.equal((await send(listener)).status, 200);
  });
});

suite("listen: limits", async () => {
  const listener = await listening();

  test("a body of one mebibyte is read, one byte more is refused", async () => {
    assert.equal(defaultLimits.body, 1_048_576);
    const largest = await send(listener, { body: Buffer.alloc(1_048_576) });
    assert.equal(JSON.parse(largest.body).body, 1_048_576);
    const larger = await send(listener, { body: Buffer.alloc(1_048_577) });
    assert.deepEqual([larger.status, larger.body, larger.headers.connection], [413, "", "close"]);
  });

  test("so it is where no length was told, and when far more is sent", async () => {
    for (const size of [1_048_577, 8_000_000]) {
      const chunked = { headers: { "transfer-encoding": "chunked" }, body: Buffer.alloc(size) };
      const refused = await send(listener, chunked);
      assert.deepEqual([refused.status, refused.body, refused.headers.connection], [413, "", "close"]);
    }
    const { status } = await send(listener, { body: Buffer.alloc(8_000_000) });
    assert.equal(status, 413);
  });

  test("what is too large never reaches an endpoint", async () => {
    let asked = 0;
    const strict = await listening(
      () => {
        asked++;
        return plain(200, "");
      },
      { body: 10 },
    );
    assert.equal((await send(strict, { body: "x".repeat(11) })).status, 413);
    assert.equal(
      (await send(strict, { body: "x".repeat(11), headers: { "transfer-encoding": "chunked" } })).status,
      413,
    );
    assert.equal(asked, 0);
    assert.equal((await send(strict, { body: "x".repeat(10) })).status, 200);
    assert.equal(asked, 1);
  });

  test("headers of 32 KiB are too many", async () => {
    assert.equal((await send(listener, { headers: { "x-long": "x".repeat(30_000) } })).status, 200);
    const refused = await send(listener, { headers: { "x-long": "x".repeat(32_768) } });
    assert.deepEqual([refused.status, refused.headers.connection], [431, "close"]);
  });

  test("what is not HTTP is refused, and the connection closed", async () => {
    for (const text of [
      "nonsense\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n",
    ]) {
      const { socket, closed } = open(listener);
      socket.write(text);
      assert.match(await closed, /^HTTP\/1\.1 400 Bad Request\r\n/, text);
    }
  });

  test("ambiguous lengths are refused, since whoever stands in front may read them another way", async () => {
    for (const lines of [
      "content-length: 1\r\ncontent-length: 2",
      "content-length: 1\r\ntransfer-encoding: chunked",
      "content-length: +1",
      "transfer-encoding: xchunked",
    ]) {
      const { socket, closed } = open(listener);
      socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${lines}\r\n\r\n0\r\n\r\n`);
      assert.match(await closed, /^HTTP\/1\.1 400 Bad Request\r\n/, lines);
    }
  });

  test("who takes too long with headers or body is told so", async () => {
    assert.deepEqual(
      [defaultLimits.headersTimeout, defaultLimits.requestTimeout, defaultLimits.keepAliveTimeout],
      [20_000, 60_000, 65_000],
    );
    const hasty = await listening(echo, { headersTimeout: 20, requestTimeout: 40, checkingInterval: 10 });
    for (const start of ["GET / HTTP/1.1\r\nhost:", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf"]) {
      const { socket, closed } = open(hasty);
      socket.write(start);
      assert.match(await closed, /^HTTP\/1\.1 408 Request Timeout\r\n/);
    }
  });

  test("a fault of an endpoint says nothing, and is logged", async () => {
    const lines: string[] = [];
    const log = createLog({ format: "json", level: "error", write: (line) => lines.push(line) });
    const faulty = await listening(
      () => {
        throw new Error("the secret reason");
      },
      {},
      log,
    );
    const { status, body } = await send(faulty, { path: "/faulty?secret=1" });
    assert.deepEqual([status, body], [500, ""]);
    const [entry] = lines.map((line) => JSON.parse(line));
    assert.deepEqual(
      [entry.message, entry.path, entry.error.message],
      ["endpoint failed", "/faulty", "the secret reason"],
    );
    assert.equal(lines.join().includes("secret=1"), false);
  });

  test("a port that is taken is told", async () => {
    await assert.rejects(listen({ host: "127.0.0.1", port: listener.port, endpoint: echo, log: silentLog }), {
      code: "EADDRINUSE",
    });
  });
});

suite("listen: stopping", async () => {
  /** An endpoint whose answer waits until it is let go. */
  function held() {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const endpoint: Endpoint = async () => {
      ask();
      await promise;
      return plain(200, "done");
    };
    return { endpoint, asked, letGo: resolve };
  }

  test("a request under way is finished, and its connection closed, though it was to be kept", async () => {
    const { endpoint, asked, letGo } = held();
    const listener = await listening(endpoint);
    const agent = new Agent({ keepAlive: true });
    const answer = send(listener, { agent });
    await asked;
    const stopped = listener.stop(600_000);
    letGo();
    const { status, body, headers } = await answer;
    assert.deepEqual([status, body, headers.connection], [200, "done", "close"]);
    await stopped;
    agent.destroy();
    await assert.rejects(send(listener), { code: "ECONNREFUSED" });
  });

  test("no new connection is taken while the last request is finished", async () => {
    const { endpoint, asked, letGo } = held();
    const listener = await listening(endpoint);
    const answer = send(listener);
    await asked;
    const stopped = listener.stop(600_000);
    await assert.rejects(send(listener), { code: "ECONNREFUSED" });
    letGo();
    assert.equal((await answer).body, "done");
    await stopped;
  });

  test("connections that are idle do not hold it up", async () => {
    const listener = await listening();
    const agent = new Agent({ keepAlive: true });
    await send(listener, { agent });
    await listener.stop(600_000);
    agent.destroy();
  });

  test("what is not finished in time is cut off", async () => {
    const { endpoint, asked, letGo } = held();
    const listener = await listening(endpoint);
    const cut = assert.rejects(send(listener), { code: "ECONNRESET" });
    await asked;
    await listener.stop(10);
    await cut;
    letGo();
  });
});

suite("listen: the SDK over a socket", async () => {
  const h = await harness();
  const listener = await listening(
    routes(h.environment, { version: "test", movableClock: undefined, reset: undefined }),
  );
  const endpoint = `http://127.0.0.1:${listener.port}`;

  test("signs for what the server receives", async () => {
    const client = new STSClient({
      region: "eu-central-1",
      endpoint,
      credentials: h.root,
      systemClockOffset: startOfTest - Date.now(),
      maxAttempts: 1,
    });
    after(() => client.destroy());
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    assert.equal(Arn, `arn:aws:iam::${h.accountId}:root`);
  });

  test("a person with a browser sees that it runs", async () => {
    const response = await fetch(endpoint);
    assert.equal(await response.text(), "Countersign is running. Point AWS_ENDPOINT_URL here.\n");
    assert.equal((await fetch(`${endpoint}/favicon.ico`)).status, 404);
  });
});
