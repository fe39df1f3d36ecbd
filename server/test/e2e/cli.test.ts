import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { suite, test } from "node:test";
import { CreateUserCommand, IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { version } from "../../src/version.ts";
import { bin, execute, rootKey, start, temporaryDirectory } from "./process.ts";

suite("countersign, the command", () => {
  test("starts, says where it listens in one line, keeps what it was told, and stops on SIGTERM", async () => {
    const data = join(temporaryDirectory(), "new", "directory");
    const first = await start(["--data", data]);
    const iam = new IAMClient(first.config);
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    iam.destroy();
    first.child.kill("SIGTERM");
    const ended = await first.ended;
    assert.equal(ended.code, 0, ended.errors);
    assert.equal(ended.output, `Countersign listening on ${first.endpoint}\n`);
    assert.match(ended.errors, /account 000000000000 made/);
    assert.ok(!ended.errors.includes(rootKey.secretAccessKey));

    const second = await start(["--data", data]);
    const { Users } = await new IAMClient(second.config).send(new ListUsersCommand({}));
    assert.deepEqual(
      Users?.map((user) => user.UserName),
      ["ann"],
    );
    second.child.kill("SIGINT");
    assert.equal((await second.ended).code, 0);
  });

  test("its files are for their owner alone", async () => {
    const data = temporaryDirectory();
    const { child, ended } = await start(["--data", data]);
    for (const name of ["master.key", "env", "countersign.db"]) {
      assert.equal(statSync(join(data, name)).mode & 0o777, 0o600, name);
    }
    assert.ok(!readFileSync(join(data, "countersign.db")).includes(rootKey.secretAccessKey));
    assert.ok(!readFileSync(join(data, "countersign.db-wal")).includes(rootKey.secretAccessKey));
    child.kill("SIGTERM");
    await ended;
  });

  test("makes a root key where the environment brings none, and `env` prints it again", async () => {
    const data = temporaryDirectory();
    const none = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
    const { endpoint, child, ended } = await start(["--data", data], none);
    const printed = await execute(["env"], { ...none, COUNTERSIGN_DATA: data });
    assert.equal(printed.code, 0, printed.errors);
    const variables = new Map(
      [...printed.output.matchAll(/(?:export| )\s?(\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]),
    );
    assert.equal(variables.get("AWS_ENDPOINT_URL"), endpoint);
    assert.match(variables.get("AWS_ACCESS_KEY_ID") ?? "", /^AKIA[A-Z2-7]{16}$/);
    const sts = new STSClient({
      endpoint,
      region: variables.get("AWS_DEFAULT_REGION") ?? "",
      credentials: {
        accessKeyId: variables.get("AWS_ACCESS_KEY_ID") ?? "",
        secretAccessKey: variables.get("AWS_SECRET_ACCESS_KEY") ?? "",
      },
    });
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Arn, "arn:aws:iam::000000000000:root");
    sts.destroy();
    child.kill("SIGTERM");
    await ended;
  });

  test("started by npm, it ends with it, though npm tells it nothing", async () => {
    const data = temporaryDirectory();
    const env = { PATH: process.env.PATH ?? "", npm_lifecycle_event: "start" };
    const words = `"${process.execPath}" "${bin}" start --memory --port 0 --data "${data}"; true`;
    const shell = spawn("sh", ["-c", words], { env });
    const [ready] = await once(shell.stdout, "data");
    const endpoint = /http:\S+/.exec(String(ready))?.[0] ?? "";
    assert.equal((await fetch(`${endpoint}/_countersign/health`)).status, 200);
    const closed = once(shell.stdout, "close");
    shell.kill("SIGKILL");
    await closed;
    await assert.rejects(fetch(`${endpoint}/_countersign/health`));
  });

  test("in memory nothing is left behind", async () => {
    const data = temporaryDirectory();
    const { child, ended, config } = await start(["--memory", "--data", data, "--account", "111122223333"]);
    const sts = new STSClient(config);
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, "111122223333");
    sts.destroy();
    assert.ok(existsSync(join(data, "env")));
    child.kill("SIGTERM");
    assert.equal((await ended).code, 0);
    assert.deepEqual(
      ["env", "master.key", "countersign.db"].filter((name) => existsSync(join(data, name))),
      [],
    );
  });

  test("help and version", async () => {
    assert.equal((await execute(["--version"])).output, `${version}\n`);
    const { output, code } = await execute(["--help"]);
    assert.equal(code, 0);
    for (const flag of ["--host", "--port", "--data", "--memory", "--database", "--auth", "--log-format"]) {
      assert.ok(output.includes(flag), flag);
    }
  });

  suite("says in one line what is wrong", () => {
    const line = async (words: readonly string[], environment?: Record<string, string>) => {
      const { code, errors, output } = await execute(words, environment);
      assert.equal(code, 1, errors);
      assert.equal(output, "");
      assert.match(errors, /^countersign: .*\n$/, "one line, without a stack");
      return errors.slice("countersign: ".length, -1);
    };

    test("a setting that cannot be used", async () => {
      assert.equal(await line(["--port", "99999"]), "--port must be a number from 0 to 65535, not '99999'");
      assert.equal(await line(["--auth", "none"]), "--auth must be full, signature, off, not 'none'");
      assert.equal(await line(["--log-format", "xml"]), "--log-format must be text, json, not 'xml'");
      assert.equal(await line(["--colour"]), "Unknown option '--colour'");
      assert.equal(await line(["--database", "mysql://x"]), "--database must be a postgres:// URL");
      assert.equal(await line([], { COUNTERSIGN_PORT: "many" }), "--port must be a number from 0 to 65535, not 'many'");
      assert.equal(await line(["--quotas", "Users=1"]), "--quotas knows no 'Users'");
      const scp = join(temporaryDirectory(), "scp.json");
      assert.equal(await line(["--memory", "--scp", scp]), `--scp ${scp} cannot be read: ENOENT`);
      assert.equal(
        await line(["--private-networks", "10.0.0.0/8,10.0.0.1"]),
        "--private-networks needs ranges as 10.0.0.0/8, not '10.0.0.1'",
      );
      assert.equal(await line(["--rate-limits", "some"]), "--rate-limits must be on, off, not 'some'");
      const nowhere = join(temporaryDirectory(), "none", "file");
      assert.equal(
        await line(["--memory", "--compromised-passwords", nowhere]),
        `--compromised-passwords ${nowhere} cannot be read: ENOENT`,
      );
      assert.equal(
        await line(["--memory", "--audit-log", nowhere]),
        `--audit-log ${nowhere} cannot be written: ENOENT`,
      );
      writeFileSync(scp, "{}");
      assert.equal(await line(["--memory", "--scp", scp]), `--scp ${scp}: a list of policies is wanted`);
      const more = join(temporaryDirectory(), "policies.json");
      const withPolicies = ["--memory", "--managed-policies", more, "--data", temporaryDirectory()];
      assert.equal(await line(withPolicies), `--managed-policies ${more} cannot be read: ENOENT`);
      writeFileSync(more, "{}");
      assert.equal(await line(withPolicies), `--managed-policies ${more} has no list Policies`);
      assert.equal(await line(["sing"]), "unknown command 'sing': countersign --help lists them");
    });

    test("a taken port", async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      assert.equal(
        await line(["--memory", "--port", String(port), "--data", temporaryDirectory()]),
        `127.0.0.1:${port} is taken: choose another with --port, or 0 for a free one`,
      );
      server.close();
    });

    test("a directory that cannot be made or written", async () => {
      const file = join(temporaryDirectory(), "file");
      writeFileSync(file, "");
      assert.equal(
        await line(["--data", join(file, "data")]),
        `cannot write to the data directory ${join(file, "data")}: ENOTDIR`,
      );
    });

    test("data in use by another process", async () => {
      const data = temporaryDirectory();
      const { child, ended } = await start(["--data", data]);
      assert.equal(
        await line(["--data", data, "--port", "0"]),
        `The data file ${join(data, "countersign.db")} is in use by another process.`,
      );
      child.kill("SIGTERM");
      await ended;
    });

    test("a master key that is missing, wrong, open to others or no key", async () => {
      const data = temporaryDirectory();
      const { child, ended } = await start(["--data", data]);
      child.kill("SIGTERM");
      await ended;
      const key = join(data, "master.key");
      const again = ["--data", data, "--port", "0"];
      renameSync(key, `${key}.away`);
      assert.equal(await line(again), `the database was sealed with a master key that is not at ${key}`);
      const other = Buffer.alloc(32, 1).toString("base64");
      assert.equal(
        await line(again, { COUNTERSIGN_MASTER_KEY: other }),
        "the master key is not the one this database was made with",
      );
      assert.equal(
        await line(again, { COUNTERSIGN_MASTER_KEY: "short" }),
        "COUNTERSIGN_MASTER_KEY must hold base64 of 32 bytes",
      );
      renameSync(`${key}.away`, key);
      chmodSync(key, 0o644);
      assert.equal(await line(again), `${key} must be readable by its owner alone: chmod 600 it`);
    });

    test("a database file that is none, and a PostgreSQL that is not there", async () => {
      const data = temporaryDirectory();
      mkdirSync(data, { recursive: true });
      writeFileSync(join(data, "countersign.db"), "not a database, but longer than its header would be".repeat(10));
      assert.match(await line(["--data", data, "--port", "0"]), /^The data file .*countersign\.db cannot be used: /);
      assert.match(
        await line(["--data", temporaryDirectory(), "--port", "0", "--database", "postgres://nobody@127.0.0.1:1/none"]),
        /PostgreSQL/,
      );
    });

    test("env before any start", async () => {
      const data = temporaryDirectory();
      assert.equal(await line(["env", "--data", data]), `nothing has been started with the data directory ${data}`);
    });
  });

  test("logs JSON lines where asked to", async () => {
    const { child, ended } = await start(["--memory", "--log-format", "json", "--data", temporaryDirectory()]);
    child.kill("SIGTERM");
    const { code, errors } = await ended;
    assert.equal(code, 0);
    const entries = errors
      .trimEnd()
      .split("\n")
      .map((entry) => JSON.parse(entry));
    assert.deepEqual(
      entries.map(({ level, message }) => [level, message]),
      [
        ["info", 'account 000000000000 made; point AWS clients here with: eval "$(countersign env)"'],
        ["warn", `root's access key was taken from AWS_ACCESS_KEY_ID: ${rootKey.accessKeyId}`],
        ["info", "stopping"],
      ],
    );
  });
});
