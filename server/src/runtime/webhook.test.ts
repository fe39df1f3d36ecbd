import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { after, suite, test } from "node:test";
import type { OutgoingMessage, TransportError } from "./transport.ts";
import { webhookTransport } from "./webhook.ts";

const message: OutgoingMessage = {
  id: "000001",
  to: "+15555550100",
  subject: "",
  body: "Your verification code is 123456.",
  isHtml: false,
  createdAt: 0,
  userPoolId: "us-east-1_Ab129faBb",
};
const never = new AbortController().signal;

suite("webhookTransport", async () => {
  const seen: { path: string | undefined; headers: IncomingHttpHeaders; body: unknown }[] = [];
  let answer = { status: 200, headers: {} };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      seen.push({ path: `${request.method} ${request.url}`, headers: request.headers, body });
      if (answer.status !== 0) response.writeHead(answer.status, answer.headers).end("whatever it says");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const origin = `127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const failure = async (url: string, signal = never) => {
    const error = await webhookTransport(url)
      .send(message, signal)
      .then(
        () => assert.fail("it was sent"),
        (reason: TransportError) => reason,
      );
    assert.equal(error.name, "TransportError");
    return [error.code, error.message];
  };

  test("posts the message as JSON", async () => {
    await webhookTransport(`http://${origin}/sms?tenant=1`).send(message, never);
    const { path, headers, body } = seen.at(-1) ?? assert.fail("nothing was posted");
    assert.equal(path, "POST /sms?tenant=1");
    assert.equal(headers["content-type"], "application/json");
    assert.equal(headers.authorization, undefined);
    assert.deepEqual(body, {
      to: "+15555550100",
      message: "Your verification code is 123456.",
      messageId: "000001",
      userPoolId: "us-east-1_Ab129faBb",
    });
  });

  test("says who it is where the URL does", async () => {
    const login = "ann:s%3Acret";
    await webhookTransport(`http://${login}@${origin}/`).send(message, never);
    const encoded = Buffer.from("ann:s:cret").toString("base64");
    assert.equal(seen.at(-1)?.headers.authorization, `Basic ${encoded}`);
  });

  test("what is refused for good, and what another time may take", async () => {
    for (const [status, code] of [
      [400, "refused"],
      [404, "refused"],
      [408, "unreachable"],
      [429, "unreachable"],
      [500, "unreachable"],
      [503, "unreachable"],
    ] as const) {
      answer = { status, headers: {} };
      assert.deepEqual(await failure(`http://${origin}/`), [code, `The webhook answers ${status}.`]);
    }
  });

  test("is not led elsewhere", async () => {
    answer = { status: 307, headers: { location: `http://${origin}/elsewhere` } };
    assert.deepEqual(await failure(`http://${origin}/`), ["refused", "The webhook answers 307."]);
    assert.equal(seen.at(-1)?.path, "POST /");
  });

  test("nobody there, and one that is told to stop", async () => {
    const none = createServer();
    await new Promise<void>((resolve) => none.listen(0, "127.0.0.1", resolve));
    const address = none.address();
    const port = typeof address === "object" ? address?.port : 0;
    await new Promise((resolve) => none.close(resolve));
    const unreachable = ["unreachable", "The webhook does not answer."];
    assert.deepEqual(await failure(`http://127.0.0.1:${port}/`), unreachable);
    answer = { status: 0, headers: {} };
    const stopping = new AbortController();
    const sending = failure(`http://${origin}/`, stopping.signal);
    stopping.abort();
    assert.deepEqual(await sending, unreachable);
  });
});
