import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, load, median, once, quantile, ring } from "./load.ts";

/** Answers each request with what `reply` says of it, in the pieces it gives. */
async function serve(reply: (request: string, socket: Socket) => readonly (string | Buffer)[]): Promise<number> {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("data", async (chunk) => {
      for (const piece of reply(chunk.toString(), socket)) {
        socket.write(piece);
        await sleep(1);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return address.port;
}

const whole = (body: string, head = "HTTP/1.1 200 OK"): string =>
  `${head}\r\ncontent-type: text/xml\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const request = (name: string): Buffer =>
  Buffer.from(`POST /${name} HTTP/1.1\r\nhost: bench\r\ncontent-length: 0\r\n\r\n`);

test("an answer in pieces, cut in the head and in the body, is put together", async () => {
  const bytes = Buffer.from(whole("<a>é</a>"));
  const port = await serve(() => [
    bytes.subarray(0, 20),
    bytes.subarray(20, bytes.length - 6),
    bytes.subarray(bytes.length - 6),
  ]);
  const answer = await ask(port, request("one"));
  assert.equal(answer.status, 200);
  assert.equal(answer.body, "<a>é</a>");
  assert.equal(answer.head.startsWith("HTTP/1.1 200 OK\r\ncontent-type: text/xml"), true);
});

test("each request is sent once, over no more connections than asked for", async () => {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const port = await serve((received, socket) => {
    seen.push(received.slice(6, 8));
    sockets.add(socket);
    return [whole("ok")];
  });
  const requests = Array.from({ length: 40 }, (_, at) => request(String(at + 10)));
  const result = await load({ port, connections: 3, milliseconds: 60_000, requests: once(requests) });
  assert.deepEqual(
    seen.toSorted(),
    requests.map((_, at) => String(at + 10)),
  );
  assert.equal(sockets.size, 3);
  assert.equal(result.answered, 40);
  assert.equal(result.failed, 0);
  assert.equal(result.firstFailure, undefined);
});

test("with whenOpen, the first answer of each connection comes before the clock and is not counted", async () => {
  let answers = 0;
  const port = await serve(() => {
    answers++;
    return [whole("ok")];
  });
  let answersBefore = 0;
  const requests = once(Array.from({ length: 20 }, () => request("a")));
  const whenOpen = (): void => {
    answersBefore = answers;
  };
  const result = await load({ port, connections: 4, milliseconds: 60_000, requests, whenOpen });
  assert.equal(answersBefore, 4);
  assert.equal(answers, 20);
  assert.equal(result.answered, 16);
});

test("with whenOpen and fewer requests than connections, the load ends", async () => {
  const port = await serve(() => [whole("ok")]);
  const requests = once([request("a")]);
  const result = await load({ port, connections: 3, milliseconds: 60_000, requests, whenOpen: () => undefined });
  assert.equal(result.answered, 0);
});

test("a refusal counts as failed, and the first one is told", async () => {
  const port = await serve((received) => [
    received.includes("/bad") ? whole("no such user", "HTTP/1.1 404 Not Found") : whole("ok"),
  ]);
  const result = await load({
    port,
    connections: 1,
    milliseconds: 60_000,
    requests: once([request("good"), request("bad"), request("good")]),
  });
  assert.equal(result.answered, 3);
  assert.equal(result.failed, 1);
  assert.equal(result.firstFailure, "HTTP/1.1 404 Not Found: no such user");
});

test("an answer that is followed goes on over the same connection, and both count as one", async () => {
  const seen: [string, Socket][] = [];
  const port = await serve((received, socket) => {
    const name = received.slice(6, 8);
    seen.push([name, socket]);
    return [whole(name.startsWith("a") ? `then b${name[1]}` : "done")];
  });
  const follow = (body: string): Buffer | undefined =>
    body.startsWith("then ") ? request(body.slice("then ".length)) : undefined;
  const requests = Object.assign(once([request("a1"), request("a2"), request("a3")]), { follow });
  const result = await load({ port, connections: 2, milliseconds: 60_000, requests });
  assert.equal(result.failed, 0);
  assert.equal(result.answered, 3);
  assert.deepEqual(seen.map(([name]) => name).toSorted(), ["a1", "a2", "a3", "b1", "b2", "b3"]);
  for (const [name, socket] of seen) {
    const partner = seen.find(([other]) => other === `b${name[1]}`);
    assert.equal(partner?.[1], socket);
  }
});

test("a server that closes after each answer is connected to again", async () => {
  const sockets = new Set<Socket>();
  const port = await serve((_received, socket) => {
    sockets.add(socket);
    return [whole("ok", "HTTP/1.1 200 OK\r\nConnection: close")];
  });
  const result = await load({
    port,
    connections: 1,
    milliseconds: 60_000,
    requests: once([request("a"), request("b"), request("c")]),
  });
  assert.equal(result.failed, 0);
  assert.equal(sockets.size, 3);
});

test("a connection that breaks before the answer is whole counts as failed", async () => {
  const port = await serve((_received, socket) => {
    socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort");
    return [];
  });
  const result = await load({ port, connections: 1, milliseconds: 60_000, requests: once([request("a")]) });
  assert.equal(result.failed, 1);
  assert.equal(result.firstFailure, "the connection closed before a full answer");
});

test("a ring repeats, and what is sent once ends", () => {
  const [a, b] = [Buffer.from("a"), Buffer.from("b")];
  const again = ring([a, b]);
  assert.deepEqual([again(), again(), again()], [a, b, a]);
  const single = once([a, b]);
  assert.deepEqual([single(), single(), single()], [a, b, undefined]);
});

test("quantiles are nearest ranks, the median of an even count lies between", () => {
  const ascending = Array.from({ length: 100 }, (_, at) => at + 1);
  assert.deepEqual(
    [0.5, 0.99, 0.999, 1].map((share) => quantile(ascending, share)),
    [50, 99, 100, 100],
  );
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});
