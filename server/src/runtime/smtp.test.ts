import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { issueCertificate } from "../../test/authority.ts";
import { smtpServer } from "../../test/smtp-server.ts";
import { smtpTransport } from "./smtp.ts";
import type { OutgoingMessage, TransportError } from "./transport.ts";

const message: OutgoingMessage = {
  id: "000001",
  to: "ann@example.com",
  subject: "Your verification code",
  body: "Your verification code is 123456.",
  isHtml: false,
  createdAt: Date.UTC(2026, 5, 15, 12),
  userPoolId: "us-east-1_Ab129faBb",
};
const never = new AbortController().signal;

async function failure(sending: Promise<void>): Promise<[code: string, message: string]> {
  const error = await sending.then(
    () => assert.fail("it was sent"),
    (reason: TransportError) => reason,
  );
  assert.equal(error.name, "TransportError");
  return [error.code, error.message];
}

suite("smtpTransport", async () => {
  const server = await smtpServer();
  after(() => server.stop());
  const url = `smtp://127.0.0.1:${server.port}`;
  const last = () => server.mails.at(-1) ?? assert.fail("no mail");
  const transport = smtpTransport(url, "Sender <sender@example.org>");

  test("hands a mail to the server, whole", async () => {
    await transport.send(message, never);
    const { from, to, data, user } = last();
    assert.deepEqual([from, to, user], ["sender@example.org", ["ann@example.com"], undefined]);
    const [head = "", body] = data.split("\n\n");
    assert.deepEqual(head.split("\n").sort(), [
      "Auto-Submitted: auto-generated",
      "Content-Transfer-Encoding: 7bit",
      "Content-Type: text/plain; charset=utf-8",
      "Date: Mon, 15 Jun 2026 12:00:00 +0000",
      "From: Sender <sender@example.org>",
      "MIME-Version: 1.0",
      "Message-ID: <000001@countersign>",
      "Subject: Your verification code",
      "To: ann@example.com",
    ]);
    assert.equal(body?.trimEnd(), "Your verification code is 123456.");
  });

  test("HTML is said to be HTML, and a pool's own sender goes first", async () => {
    const from = "Pool <pool@example.org>";
    await transport.send({ ...message, isHtml: true, body: "<b>1</b>", from, replyTo: "help@example.org" }, never);
    const { from: envelope, data } = last();
    assert.equal(envelope, "pool@example.org");
    assert.match(data, /^Content-Type: text\/html; charset=utf-8$/m);
    assert.match(data, /^Reply-To: help@example.org$/m);
    assert.match(data, /^From: Pool <pool@example.org>$/m);
  });

  test("an address is one address, and a subject one line", async () => {
    await transport.send({ ...message, to: "ann@example.com, eve@example.com" }, never).catch(() => undefined);
    await transport
      .send({ ...message, to: "ann@example.com>\r\nRCPT TO:<eve@example.com" }, never)
      .catch(() => undefined);
    assert.ok(server.mails.every(({ to }) => to.length === 1 && !to.includes("eve@example.com")));
    await transport.send({ ...message, subject: "Code\r\nBcc: eve@example.com\r\n\r\nBody" }, never);
    assert.deepEqual(last().to, ["ann@example.com"]);
    assert.doesNotMatch(last().data, /^Bcc/m);
  });

  test("signs in with what the URL says", async () => {
    await smtpTransport(`smtp://an%40n:s%3Acret@127.0.0.1:${server.port}`, "a@example.org").send(message, never);
    assert.deepEqual([last().user, last().password], ["an@n", "s:cret"]);
  });

  test("keeps a password to itself where the server, elsewhere, has no TLS", async () => {
    const taken = server.mails.length;
    const elsewhere = smtpTransport(`smtp://ann:secret@127.0.0.2:${server.port}`, "a@example.org");
    assert.deepEqual(await failure(elsewhere.send(message, never)), ["unreachable", "The mail server answers 500."]);
    assert.equal(server.mails.length, taken);
    assert.equal(last().password, "s:cret");
  });

  test("what the server refuses for good is refused, what it refuses for now is not", async () => {
    for (const [command, reply, expected] of [
      ["RCPT", "550 No such user", ["refused", "The mail server answers 550."]],
      ["RCPT", "451 Later", ["unreachable", "The mail server answers 451."]],
      ["MAIL", "421 Busy", ["unreachable", "The mail server answers 421."]],
      ["END", "554 Looks like spam", ["refused", "The mail server answers 554."]],
    ] as const) {
      server.replies[command] = reply;
      assert.deepEqual(await failure(transport.send(message, never)), expected);
      delete server.replies[command];
    }
    const signingIn = smtpTransport(`smtp://ann:wrong@127.0.0.1:${server.port}`, "a@example.org");
    server.replies.AUTH = "535 Wrong password";
    // Whoever set it up may put it right.
    assert.deepEqual(await failure(signingIn.send(message, never)), ["unreachable", "The mail server answers 535."]);
    delete server.replies.AUTH;
  });

  test("no server, or one that is not to be trusted", async () => {
    const gone = await smtpServer();
    await gone.stop();
    const none = smtpTransport(`smtp://127.0.0.1:${gone.port}`, "a@example.org");
    assert.deepEqual(await failure(none.send(message, never)), [
      "unreachable",
      "The mail server cannot be asked (ESOCKET).",
    ]);
    const { pem, privateKey } = issueCertificate({ subject: [["CN", "localhost"]], notAfter: Date.UTC(2049, 0) });
    const key = privateKey.export({ type: "pkcs8", format: "pem" });
    const impostor = await smtpServer({ tls: { cert: pem, key } });
    const trusting = smtpTransport(`smtps://127.0.0.1:${impostor.port}`, "a@example.org").send(message, never);
    await assert.rejects(trusting, (error: TransportError) => {
      assert.equal(error.code, "unreachable");
      assert.match(String(error.cause), /self-signed certificate/);
      return true;
    });
    assert.equal(impostor.mails.length, 0);
    await impostor.stop();
  });

  test("ends when it is told to", async () => {
    // It never answers this one.
    server.replies.EHLO = "";
    const stopping = new AbortController();
    const sending = failure(transport.send(message, stopping.signal));
    stopping.abort();
    assert.equal((await sending)[0], "unreachable");
    delete server.replies.EHLO;
  });
});
