import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  type CreateUserPoolRequest,
  DeleteUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { temporaryDirectory } from "../../../../test/e2e/process.ts";
import { type Harness, harness, startOfTest } from "../../../../test/harness.ts";
import { smtpServer } from "../../../../test/smtp-server.ts";
import { createSeal } from "../../../crypto/seal.ts";
import { fixedClock } from "../../../runtime/clock.ts";
import { silentLog } from "../../../runtime/log.ts";
import { seededRandom } from "../../../runtime/random.ts";
import { smtpTransport } from "../../../runtime/smtp.ts";
import { createTasks } from "../../../runtime/tasks.ts";
import { webhookTransport } from "../../../runtime/webhook.ts";
import { outbox } from "../../../store/outbox.ts";
import { openStore } from "../../../store/store.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import type { Address } from "./address.ts";
import { Outbox, queueMessage, readOutbox, sendCode } from "./outbox.ts";

const email: Address = { attribute: "email", medium: "EMAIL", destination: "ann@example.com" };
const phone: Address = { attribute: "phone_number", medium: "SMS", destination: "+12065559934" };
const ann = { user_id: "11111111-1111-4111-8111-111111111111", username: "ann" };

async function makePool(h: Harness, settings: Partial<CreateUserPoolRequest> = {}): Promise<PoolContext> {
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "pool", ...settings }));
  const { environment } = h;
  const found = await environment.store.read((tx) => environment.appClients.findPool(tx, UserPool?.Id ?? ""));
  return found ?? assert.fail("no pool");
}

function send(h: Harness, context: PoolContext, address = email, code = "123456", user = ann) {
  const means = { environment: h.environment, now: h.clock.now() };
  return h.environment.store.write((tx) => sendCode(means, tx, { context, user, kind: "SignUp", address, code }));
}

const read = (h: Harness, query = {}) => readOutbox(h.environment, h.accountId, query);

suite("messages, where nothing sends them", async () => {
  const h = await harness();
  const context = await makePool(h);

  test("are kept, to be read", async () => {
    assert.deepEqual(await send(h, context), {
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "a***@e***",
    });
    h.clock.set(startOfTest + 1000);
    await send(h, context, phone);
    const { messages, nextToken } = await read(h);
    assert.equal(nextToken, undefined);
    assert.deepEqual(
      messages.map(({ messageId, ...message }) => message),
      [
        {
          userPoolId: context.pool.pool_id,
          username: "ann",
          userSub: ann.user_id,
          kind: "SignUp",
          medium: "SMS",
          destination: "+12065559934",
          message: "Your verification code is 123456.",
          state: "kept",
          attempts: 0,
          createdAt: "2026-06-15T12:00:01.000Z",
        },
        {
          userPoolId: context.pool.pool_id,
          username: "ann",
          userSub: ann.user_id,
          kind: "SignUp",
          medium: "EMAIL",
          destination: "ann@example.com",
          subject: "Your verification code",
          message: "Your verification code is 123456.",
          state: "kept",
          attempts: 0,
          createdAt: "2026-06-15T12:00:00.000Z",
        },
      ],
    );
  });

  test("a link can be followed as it is read", async () => {
    const byLink = await makePool(h, { VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" } });
    const means = { environment: h.environment, now: h.clock.now() };
    const letter = {
      context: byLink,
      user: ann,
      kind: "SignUp",
      address: email,
      code: "123456",
      clientId: "c1",
    } as const;
    await h.environment.store.write((tx) => sendCode(means, tx, letter));
    const [message] = (await read(h, { userPoolId: byLink.pool.pool_id })).messages;
    assert.equal(
      message?.link,
      "http://countersign.test/confirmUser?client_id=c1&user_name=ann&confirmation_code=123456",
    );
    await h.environment.store.write((tx) => outbox.deleteOfPool(tx, byLink.pool.pool_id));
  });

  test("nobody sends them", async () => {
    await h.environment.outbox.start();
    await h.environment.outbox.deliver();
    assert.deepEqual(
      (await read(h)).messages.map(({ state }) => state),
      ["kept", "kept"],
    );
  });

  test("what they say is sealed, each in its place", async () => {
    const { store } = h.environment;
    const [one, other] = await store.read((tx) => outbox.list(tx, { accountId: h.accountId }, "", 2));
    assert.ok(one?.content_sealed && other);
    assert.ok(!Buffer.from(one.content_sealed).includes("123456"));
    await store.write(async (tx) => {
      await outbox.insert(tx, { ...other, message_id: `${other.message_id}-moved` });
    });
    await assert.rejects(read(h), { name: "SealError", code: "tampered" });
    await store.write((tx) => outbox.deleteOfPool(tx, context.pool.pool_id));
  });

  test("what is not committed was never said", async () => {
    const stop = new Error("stop");
    const means = { environment: h.environment, now: h.clock.now() };
    const content = { subject: "", body: "", isHtml: false };
    const writing = h.environment.store.write(async (tx) => {
      await queueMessage(means, tx, { context, user: ann, kind: "SignUp", address: email, content });
      throw stop;
    });
    await assert.rejects(writing, stop);
    assert.deepEqual((await read(h)).messages, []);
  });

  test("are found by address and pool, page by page, in the order in which they were made", async () => {
    const other = await makePool(h);
    for (let number = 0; number < 5; number++) await send(h, context, email, `00000${number}`);
    await send(h, other, email, "other pool");
    await send(h, context, { ...email, destination: "bob@example.com" }, "other user");
    const codes = async (query: object) =>
      (await read(h, query)).messages.map(({ message }) => /is (.*)\.$/.exec(message ?? "")?.[1]);
    const newestFirst = ["000004", "000003", "000002", "000001", "000000"];
    assert.deepEqual(await codes({}), ["other user", "other pool", ...newestFirst]);
    assert.deepEqual(await codes({ to: "ann@example.com" }), ["other pool", ...newestFirst]);
    assert.deepEqual(await codes({ userPoolId: context.pool.pool_id }), ["other user", ...newestFirst]);
    assert.deepEqual(await codes({ to: "ann@example.com", userPoolId: context.pool.pool_id }), newestFirst);
    assert.deepEqual(await codes({ to: "eve@example.com" }), []);
    const first = await read(h, { to: "ann@example.com", limit: 4 });
    assert.equal(first.messages.length, 4);
    assert.deepEqual(await codes({ to: "ann@example.com", limit: 4, after: first.nextToken }), ["000001", "000000"]);
    assert.deepEqual((await readOutbox(h.environment, "210987654321")).messages, []);
  });

  test("go with their user and their pool", async () => {
    const other = await makePool(h);
    const { store } = h.environment;
    await store.write((tx) => outbox.deleteOfPool(tx, context.pool.pool_id));
    const bob = { user_id: "22222222-2222-4222-8222-222222222222", username: "bob" };
    const names = async () => (await read(h, { userPoolId: other.pool.pool_id })).messages.map((m) => m.username);
    await send(h, other);
    await send(h, other, email, "123456", bob);
    await store.write((tx) => outbox.deleteOfUser(tx, other.pool.pool_id, ann.user_id));
    assert.deepEqual(await names(), ["bob"]);
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: other.pool.pool_id }));
    assert.deepEqual(await names(), []);
  });

  test("the newest stay", async () => {
    const { environment } = h;
    const small = new Outbox(environment, {}, 20);
    const means = { environment: { outbox: small }, now: h.clock.now() };
    await environment.store.write((tx) => outbox.deleteOfPool(tx, context.pool.pool_id));
    for (let number = 0; number < 50; number++) {
      const content = { subject: "", body: String(number), isHtml: false };
      await environment.store.write((tx) =>
        queueMessage(means, tx, { context, user: ann, kind: "SignUp", address: phone, content }),
      );
      await small.deliver();
    }
    small.stop();
    const { messages } = await read(h, { limit: 100, userPoolId: context.pool.pool_id });
    assert.deepEqual([messages.length, messages[0]?.message, messages.at(-1)?.message], [20, "49", "30"]);
  });
});

suite("messages, by mail server and webhook", async () => {
  const server = await smtpServer();
  const posted: { to: string; message: string; messageId: string; userPoolId: string }[] = [];
  let status = 200;
  const webhook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      posted.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
  const address = webhook.address();
  after(async () => {
    webhook.close();
    webhook.closeAllConnections();
    await server.stop();
  });
  const transports = {
    EMAIL: smtpTransport(`smtp://127.0.0.1:${server.port}`, "no-reply@example.org"),
    SMS: webhookTransport(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`),
  };
  const h = await harness({ transports });
  const context = await makePool(h);
  const { environment, clock } = h;
  // Whichever comes first, this or what every message wakes: both are waited for.
  const deliver = async () => {
    await environment.outbox.deliver();
    await environment.tasks.settled();
  };

  test("go out after the commit, and what they said is forgotten", async () => {
    await send(h, context);
    await server.taken(1);
    await environment.tasks.settled();
    assert.deepEqual(server.mails[0]?.to, ["ann@example.com"]);
    assert.match(server.mails[0]?.data ?? "", /\n\nYour verification code is 123456\.\n*$/);
    const [message] = (await read(h)).messages;
    assert.deepEqual(
      [message?.state, message?.attempts, message?.subject, message?.message, message?.failure],
      ["sent", 1, undefined, undefined, undefined],
    );
    assert.match(server.mails[0]?.data ?? "", new RegExp(`^Message-ID: <${message?.messageId}@countersign>$`, "m"));
    const [row] = await environment.store.read((tx) => outbox.list(tx, { accountId: h.accountId }, "", 1));
    assert.equal(row?.content_sealed, null);
  });

  test("text messages are posted", async () => {
    await send(h, context, phone);
    await deliver();
    const [message] = (await read(h)).messages;
    assert.equal(message?.state, "sent");
    assert.deepEqual(posted, [
      {
        to: "+12065559934",
        message: "Your verification code is 123456.",
        messageId: message?.messageId,
        userPoolId: context.pool.pool_id,
      },
    ]);
  });

  test("a pool's sender goes into its mails", async () => {
    const own = await makePool(h, {
      EmailConfiguration: {
        EmailSendingAccount: "DEVELOPER",
        SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/pool@example.org",
        From: "Pool <pool@example.org>",
        ReplyToEmailAddress: "help@example.org",
      },
    });
    await send(h, own);
    await deliver();
    assert.equal(server.mails.at(-1)?.from, "pool@example.org");
    assert.match(server.mails.at(-1)?.data ?? "", /^Reply-To: help@example.org$/m);
  });

  test("wait longer each time while the server is away, and say why", async () => {
    const at = clock.now();
    server.replies.MAIL = "451 Try again later";
    await send(h, context);
    const waits = [0, 10, 40, 160, 640, 1800, 1800, 1800];
    let seconds = 0;
    for (const [attempt, wait] of waits.entries()) {
      // Nothing happens before it is due.
      if (wait > 0) {
        clock.set(at + (seconds + wait) * 1000 - 1);
        await deliver();
        assert.equal((await read(h)).messages[0]?.attempts, attempt);
      }
      seconds += wait;
      clock.set(at + seconds * 1000);
      await deliver();
      const [message] = (await read(h)).messages;
      const isLast = attempt === waits.length - 1;
      assert.deepEqual(
        [message?.attempts, message?.state, message?.failure, message?.message],
        [
          attempt + 1,
          isLast ? "failed" : "queued",
          "The mail server answers 451.",
          "Your verification code is 123456.",
        ],
      );
    }
    delete server.replies.MAIL;
    clock.set(at + 100 * 3_600_000);
    const taken = server.mails.length;
    await deliver();
    assert.equal(server.mails.length, taken);
    clock.set(at);
  });

  test("go when the server is back", async () => {
    const at = clock.now();
    status = 503;
    await send(h, context, phone, "654321");
    await deliver();
    const { messageId, failure } = (await read(h)).messages[0] ?? assert.fail("no message");
    assert.equal(failure, "The webhook answers 503.");
    status = 200;
    clock.set(at + 10_000);
    await deliver();
    const [message] = (await read(h)).messages;
    assert.deepEqual([message?.messageId, message?.state, message?.failure], [messageId, "sent", undefined]);
    // The same id both times, so whoever gets it twice can tell.
    assert.deepEqual(
      posted.slice(-2).map((request) => request.messageId),
      [messageId, messageId],
    );
    clock.set(at);
  });

  test("what is refused is not tried again", async () => {
    server.replies.RCPT = "550 No such user";
    await send(h, context);
    await deliver();
    delete server.replies.RCPT;
    const [message] = (await read(h)).messages;
    assert.deepEqual(
      [message?.state, message?.attempts, message?.failure],
      ["failed", 1, "The mail server answers 550."],
    );
  });

  test("many at once go once each", async () => {
    const taken = server.mails.length;
    const codes = Array.from({ length: 60 }, (_, number) => `code ${number}`);
    await Promise.all(codes.map((code) => send(h, context, email, code)));
    await Promise.all([environment.outbox.deliver(), environment.outbox.deliver()]);
    await server.taken(taken + codes.length);
    await environment.tasks.settled();
    const sent = server.mails.slice(taken).map(({ data }) => /is (code \d+)\.$/m.exec(data)?.[1]);
    assert.deepEqual(sent.toSorted(), codes.toSorted());
  });
});

suite("messages, after a crash", () => {
  test("kill -9 loses none: the next process sends them", async () => {
    const server = await smtpServer();
    after(() => server.stop());
    // Whoever asks waits for an answer until it is killed.
    server.replies.EHLO = "";
    const path = join(temporaryDirectory(), "countersign.db");
    const module = (name: string) => JSON.stringify(new URL(`../../../${name}.ts`, import.meta.url).href);
    const script = `
      import { openStore } from ${module("store/store")};
      import { Outbox, queueMessage } from ${module("services/cognito/messages/outbox")};
      import { smtpTransport } from ${module("runtime/smtp")};
      import { createSeal } from ${module("crypto/seal")};
      import { createTasks } from ${module("runtime/tasks")};
      import { silentLog } from ${module("runtime/log")};
      import { fixedClock } from ${module("runtime/clock")};
      import { seededRandom } from ${module("runtime/random")};
      const store = await openStore({ kind: "file", path: ${JSON.stringify(path)} });
      const random = seededRandom("first");
      const means = { store, random, seal: createSeal(seededRandom("key").bytes(32)), clock: fixedClock(0), tasks: createTasks(silentLog), log: silentLog };
      const outbox = new Outbox(means, { EMAIL: smtpTransport("smtp://127.0.0.1:${server.port}", "a@example.org") });
      const context = { pool: { account_id: "123456789012", pool_id: "us-east-1_a" }, configuration: {} };
      for (let number = 0; number < 20; number++) {
        const content = { subject: "Code", body: "code " + number, isHtml: false };
        const address = { attribute: "email", medium: "EMAIL", destination: "ann@example.com" };
        const message = { context, user: { user_id: "u", username: "ann" }, kind: "SignUp", address, content };
        await store.write((tx) => queueMessage({ environment: { outbox }, now: 0 }, tx, message));
      }
      process.stdout.write("queued\\n");
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    after(() => child.kill("SIGKILL"));
    for await (const line of createInterface({ input: child.stdout })) {
      assert.equal(line, "queued");
      // It dies while it is sending some of them.
      while (server.connections < 1) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill("SIGKILL");
    }
    assert.equal(server.mails.length, 0);
    delete server.replies.EHLO;

    const store = await openStore({ kind: "file", path });
    const tasks = createTasks(silentLog);
    const means = {
      store,
      tasks,
      random: seededRandom("second"),
      seal: createSeal(seededRandom("key").bytes(32)),
      clock: fixedClock(1000),
      log: silentLog,
    };
    const next = new Outbox(means, { EMAIL: smtpTransport(`smtp://127.0.0.1:${server.port}`, "a@example.org") });
    await next.start();
    await server.taken(20);
    await tasks.settled();
    next.stop();
    const sent = server.mails.map(({ data }) => /^code \d+$/m.exec(data)?.[0]);
    assert.deepEqual(new Set(sent).size, 20);
    assert.equal(sent.length, 20);
    await store.close();
  });
});
