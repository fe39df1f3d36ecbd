import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { authSessions } from "../auth-sessions.ts";
import { migrations } from "../migrations/migration.ts";
import { settings } from "../settings.ts";
import { openStore, type Store, StoreError } from "../store.ts";
import { sqliteTypes } from "./sqlite.ts";

describe("a data file", () => {
  let directory = "";
  let files = 0;
  const newPath = () => join(directory, `${files++}.db`);
  const module = (name: string) => JSON.stringify(new URL(`../${name}.ts`, import.meta.url).href);
  const open = (path: string) => openStore({ kind: "file", path });
  const set = (store: Store, value: string) => store.write((tx) => settings.set(tx, "value", value));
  const get = (store: Store) => store.read((tx) => settings.find(tx, "value"));

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "countersign-sqlite-"));
  });

  after(() => rmSync(directory, { recursive: true }));

  it("holds what was written when it is opened again, and its log is empty", async () => {
    const path = join(directory, "new", "directory", "data.db");
    const store = await open(path);
    await set(store, "kept");
    await store.close();
    assert.throws(() => statSync(`${path}-wal`), { code: "ENOENT" });
    const again = await open(path);
    assert.equal(await get(again), "kept");
    await again.close();
  });

  it("is readable by its owner alone", async () => {
    const path = newPath();
    const store = await open(path);
    await set(store, "secret");
    for (const file of [path, `${path}-wal`, `${path}-shm`]) assert.equal(statSync(file).mode & 0o777, 0o600, file);
    await store.close();
  });

  it("belongs to one store at a time, by whatever path it is reached", async () => {
    const path = newPath();
    const store = await open(path);
    const link = newPath();
    symlinkSync(path, link);
    for (const name of [path, link]) {
      await assert.rejects(open(name), new StoreError("locked", `The data file ${name} is in use by another process.`));
    }
    await set(store, "still works");
    await store.close();
    const next = await open(link);
    assert.equal(await get(next), "still works");
    await next.close();
  });

  it("is free again, with every acknowledged write, when its process is killed", async () => {
    const path = newPath();
    const script = `
      import { openStore } from ${module("store")};
      import { settings } from ${module("settings")};
      const store = await openStore({ kind: "file", path: ${JSON.stringify(path)} });
      for (let number = 1; ; number++) {
        await Promise.all([1, 2, 3].map((key) => store.write((tx) => settings.set(tx, "value" + key, String(number)))));
        process.stdout.write(number + "\\n");
      }`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let acknowledged = 0;
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged = Number(line);
        if (acknowledged !== 20) continue;
        const locked = new StoreError("locked", `The data file ${path} is in use by another process.`);
        await assert.rejects(open(path), locked);
        child.kill("SIGKILL");
      }
    } finally {
      child.kill("SIGKILL");
    }
    assert.ok(acknowledged >= 20);
    const store = await open(path);
    for (const key of [1, 2, 3]) {
      const value = Number(await store.read((tx) => settings.find(tx, `value${key}`)));
      assert.ok(value === acknowledged || value === acknowledged + 1, `${value} after ${acknowledged}`);
    }
    await store.close();
  });

  it("of schema 18 keeps the sign-ins that were under way", async () => {
    const path = newPath();
    const database = new DatabaseSync(path);
    for (const migration of migrations.slice(0, 18)) {
      for (const sql of migration.statements(sqliteTypes)) database.exec(sql);
    }
    database.exec(`
      insert into auth_sessions values ('used', 5000, 1, 0, null), ('failed', 6000, 0, 3, x'01ff');
      pragma user_version = 18; pragma application_id = ${0x4373676e}`);
    database.close();
    const store = await open(path);
    const find = (session_id: string, expires_at: number) =>
      store.read((tx) => authSessions.find(tx, { session_id, expires_at }));
    assert.equal((await find("used", 5000))?.used, 1);
    assert.equal(await store.write((tx) => authSessions.use(tx, { session_id: "used", expires_at: 5000 })), false);
    const failed = await find("failed", 6000);
    assert.equal(failed?.failures, 3);
    assert.deepEqual(Buffer.from(failed?.content_sealed ?? ""), Buffer.of(1, 255));
    await store.write((tx) => authSessions.deleteExpired(tx, 5000));
    assert.equal(await find("used", 5000), undefined);
    assert.equal((await find("failed", 6000))?.failures, 3);
    await store.close();
  });

  it("of a newer version is refused and left as it is", async () => {
    const path = newPath();
    await (await open(path)).close();
    const database = new DatabaseSync(path);
    database.exec("pragma user_version = 999");
    database.close();
    await assert.rejects(
      open(path),
      new StoreError(
        "newer",
        `The database was written by a newer version of Countersign: its schema is 999, this version knows ${migrations.length}.`,
      ),
    );
    const after = new DatabaseSync(path);
    assert.equal(after.prepare("pragma user_version").get()?.user_version, 999);
    after.close();
  });

  it("of another application, or no database at all, is refused and left as it is", async () => {
    const foreign = newPath();
    const database = new DatabaseSync(foreign);
    database.exec("create table theirs (a)");
    database.close();
    const before = readFileSync(foreign);
    await assert.rejects(
      open(foreign),
      new StoreError("unusable", `The data file ${foreign} cannot be used: it is a database of another application.`),
    );
    assert.deepEqual(readFileSync(foreign), before);
    const text = newPath();
    writeFileSync(text, "not a database, but long enough to be looked at as if it were one".repeat(20));
    await assert.rejects(
      open(text),
      new StoreError("unusable", `The data file ${text} cannot be used: file is not a database.`),
    );
  });

  it("that cannot be there is refused", async () => {
    const file = newPath();
    writeFileSync(file, "");
    await assert.rejects(open(join(file, "data.db")), (error: unknown) => {
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, "unusable");
      assert.match(error.message, /^The data file .*data\.db cannot be used: E(NOTDIR|EXIST): [^\n]*\.$/);
      return true;
    });
    await assert.rejects(open(directory), (error: unknown) => {
      assert.ok(error instanceof StoreError);
      assert.equal(error.code, "unusable");
      assert.match(error.message, /cannot be used: EISDIR: /);
      return true;
    });
  });

  it("that cannot grow refuses what needed the room, with all that shared its commit, and goes on", async () => {
    // A limit on the size of files stands for a full disk: 4096 blocks of 512 bytes. The larger value overflows SQLite's
    // cache, so its statement fails; the smaller one fails at the commit.
    for (const size of [3_000_000, 60_000_000]) {
      const path = newPath();
      const script = `
        import { openStore } from ${module("store")};
        import { settings } from ${module("settings")};
        const store = await openStore({ kind: "file", path: ${JSON.stringify(path)} });
        const set = (name, value) => store.write((tx) => settings.set(tx, name, value));
        const get = (name) => store.read((tx) => settings.find(tx, name));
        const version = store.watch(["settings"]);
        await set("value", "before");
        const before = version();
        const outcomes = await Promise.allSettled([set("one", "1"), set("large", "x".repeat(${size})), set("two", "2")]);
        const reasons = outcomes.map((outcome) => outcome.reason?.message);
        const left = [await get("value"), await get("one"), await get("large"), await get("two")];
        await set("value", "after");
        console.log(JSON.stringify([reasons, left, version() > before, await get("value")]));
        await store.close();`;
      const command = ["-c", 'ulimit -f 4096; exec "$@"', "sh", process.execPath, "--input-type=module", "-e", script];
      const { stdout } = await promisify(execFile)("sh", command);
      const error = "disk I/O error";
      assert.deepEqual(JSON.parse(stdout), [[error, error, error], ["before", null, null, null], true, "after"]);
    }
  });
});
