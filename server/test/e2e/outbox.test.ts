import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, suite, test } from "node:test";
import { CognitoIdentityProviderClient, CreateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { readConfig } from "../../src/config.ts";
import { type Running, start as startInProcess } from "../../src/main.ts";
import { fixedClock } from "../../src/runtime/clock.ts";
import { createLog, type Log, silentLog } from "../../src/runtime/log.ts";
import { sendCode } from "../../src/services/cognito/messages/outbox.ts";
import { smtpServer } from "../smtp-server.ts";
import { execute, rootKey, start, temporaryDirectory } from "./process.ts";

const at = Date.now();
const none = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_ENDPOINT_URL: "" };

/** A house with one message to a user whose name is out for the terminal of who reads it. */
async function house(
  words: readonly string[],
  log: Log = silentLog,
): Promise<{ running: Running; poolId: string; write(): Promise<void> }> {
  const environment = { AWS_ACCESS_KEY_ID: rootKey.accessKeyId, AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey };
  const config = readConfig(["--memory", "--port", "0", ...words], environment);
  const running = await startInProcess(config, { log, clock: fixedClock(at) });
  after(() => running.stop());
  const cognito = new CognitoIdentityProviderClient({
    endpoint: running.endpoint,
    region: "us-east-1",
    credentials: rootKey,
  });
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "pool" }));
  cognito.destroy();
  const poolId = UserPool?.Id ?? "";
  const { store, appClients } = running.environment;
  const context = (await store.read((tx) => appClients.findPool(tx, poolId))) ?? assert.fail("no pool");
  const user = { user_id: "sub", username: "ann\u001B[2J" };
  const address = { attribute: "email", medium: "EMAIL", destination: "ann@example.com" } as const;
  const write = async () => {
    await store.write((tx) =>
      sendCode({ environment: running.environment, now: at }, tx, {
        context,
        user,
        kind: "SignUp",
        address,
        code: "123456",
      }),
    );
  };
  return { running, poolId, write };
}

suite("countersign outbox", async () => {
  const { running, poolId, write } = await house(["--data", temporaryDirectory()]);
  const run = (words: readonly string[], more: Record<string, string> = {}) =>
    execute(["outbox", ...words], { AWS_ENDPOINT_URL: running.endpoint, ...more });

  test("prints what there is to read", async () => {
    assert.deepEqual(await run([]), { code: 0, signal: null, output: "No messages.\n", errors: "" });
    await write();
    const shown = [
      `${new Date(at).toISOString()} SignUp, EMAIL to ann@example.com for ann\u{FFFD}[2J of ${poolId} (kept)`,
      "  Your verification code",
      "  Your verification code is 123456.",
      "",
    ].join("\n");
    assert.deepEqual(await run([]), { code: 0, signal: null, output: shown, errors: "" });
    assert.equal((await run(["--to", "ann@example.com", "--user-pool-id", poolId, "--limit", "1"])).output, shown);
    assert.equal((await run(["--to", "bob@example.com"])).output, "No messages.\n");
    const { messages } = JSON.parse((await run(["--json"])).output);
    assert.deepEqual(
      messages.map((message: { message: string }) => message.message),
      ["Your verification code is 123456."],
    );
  });

  test("says in one line why not", async () => {
    const line = async (words: readonly string[], more: Record<string, string> = {}) => (await run(words, more)).errors;
    const { origin } = new URL(running.endpoint);
    assert.equal(await line(["--limit", "0"]), `countersign: ${origin} refuses: Expected a limit from 1 to 1000.\n`);
    assert.equal(
      await line([], { AWS_ACCESS_KEY_ID: "AKIAAAAAAAAAAAAAAAAA" }),
      `countersign: ${origin} refuses: The security token included in the request is invalid.\n`,
    );
    assert.equal(await line(["--from", "x"]), "countersign: Unknown option '--from'\n");
    const gone = await smtpServer();
    await gone.stop();
    const nowhere = `http://127.0.0.1:${gone.port}`;
    assert.equal(
      await line([], { AWS_ENDPOINT_URL: nowhere }),
      `countersign: ${nowhere} cannot be asked: ECONNREFUSED\n`,
    );
    assert.equal(await line([], { AWS_ENDPOINT_URL: "x" }), "countersign: AWS_ENDPOINT_URL must be a URL, not 'x'\n");
    const empty = temporaryDirectory();
    assert.equal(
      await line(["--data", empty]),
      `countersign: nothing has been started with the data directory ${empty}\n`,
    );
    const other = createServer((_, response) => response.end("<html>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const elsewhere = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    assert.equal(await line([], { AWS_ENDPOINT_URL: elsewhere }), `countersign: ${elsewhere} refuses\n`);
    other.close();
  });

  test("finds the process of a data directory, and its key, whatever the key holds", async () => {
    const data = temporaryDirectory();
    const { child, ended } = await start(["--memory", "--data", data], none);
    const empty = { code: 0, signal: null, output: "No messages.\n", errors: "" };
    assert.deepEqual(await execute(["outbox"], { ...none, COUNTERSIGN_DATA: data }), empty);
    // With --data, what the environment says of another one does not count.
    assert.deepEqual(await execute(["outbox", "--data", data], { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }), empty);
    child.kill("SIGTERM");
    await ended;

    const odd = temporaryDirectory();
    const secret = 'it\'s $HOME "here"';
    const quoted = await start(["--memory", "--data", odd], { AWS_SECRET_ACCESS_KEY: secret });
    assert.deepEqual(await execute(["outbox", "--data", odd], none), empty);
    quoted.child.kill("SIGTERM");
    await quoted.ended;
  });
});

suite("--smtp, --smtp-from and --sms-webhook", () => {
  test("what is written goes out, and nothing is left to read", async () => {
    const server = await smtpServer();
    after(() => server.stop());
    const url = `smtp://127.0.0.1:${server.port}`;
    const { running, write } = await house(["--smtp", url, "--smtp-from", "no-reply@example.org"]);
    await write();
    await server.taken(1);
    await running.environment.tasks.settled();
    assert.equal(server.mails[0]?.from, "no-reply@example.org");
    const { output } = await execute(["outbox"], { AWS_ENDPOINT_URL: running.endpoint });
    assert.match(output, /^\S+ SignUp, EMAIL to ann@example.com for \S+ of \S+ \(sent\)\n$/);
  });

  test("URLs that cannot be used are refused, and never repeated", async () => {
    const line = async (...words: string[]) => {
      const { code, output, errors } = await execute(["start", "--memory", "--port", "0", ...words]);
      assert.equal(code, 1);
      assert.equal(output, "");
      assert.doesNotMatch(errors, /s3cret/);
      return errors;
    };
    const login = "ann:s3cret";
    const smtp = "countersign: --smtp must be a URL that begins with smtp:// or smtps://\n";
    assert.equal(await line("--smtp", `http://${login}@mail.example.org`), smtp);
    assert.equal(await line("--smtp", `${login}@mail.example.org`), smtp);
    assert.equal(await line("--smtp", `smtp://${login}%zz@mail.example.org`), smtp);
    assert.equal(await line("--smtp", `smtp://${login}@mail.example.org`), "countersign: --smtp needs --smtp-from\n");
    assert.equal(
      await line("--sms-webhook", `ftp://${login}@sms.example.org`),
      "countersign: --sms-webhook must be a URL that begins with http:// or https://\n",
    );
  });

  test("passwords and codes are in no log, whatever fails", async () => {
    const server = await smtpServer();
    after(() => server.stop());
    server.replies.AUTH = "535 Wrong password";
    const lines: string[] = [];
    const log = createLog({ format: "json", level: "debug", write: (line) => lines.push(line) });
    const mails = `smtp://ann:s3cret@127.0.0.1:${server.port}`;
    const { running, write } = await house(["--smtp", mails, "--smtp-from", "a@example.org"], log);
    await write();
    await running.environment.outbox.deliver();
    await running.environment.tasks.settled();
    const text = lines.join("");
    assert.match(text, /"message":"a message was not sent"/);
    assert.match(text, /The mail server answers 535/);
    for (const secret of ["s3cret", Buffer.from("\0ann\0s3cret").toString("base64"), "123456", "ann@example.com"]) {
      assert.ok(!text.includes(secret), secret);
    }
  });
});
