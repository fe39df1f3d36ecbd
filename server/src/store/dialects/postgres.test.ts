import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { startPostgres, type TestPostgres } from "../../../test/postgres.ts";
import { accounts } from "../accounts.ts";
import { authSessions } from "../auth-sessions.ts";
import { compileStatements } from "../compile-statements.ts";
import { migrations } from "../migrations/migration.ts";
import { settings } from "../settings.ts";
import { numbered } from "../statement.ts";
import { Conflict, openStore, StoreError } from "../store.ts";
import { planning, postgresTypes } from "./postgres.ts";

describe("PostgreSQL", () => {
  let postgres: TestPostgres;
  let admin: pg.Client;
  let schemas = 0;
  const newSchema = () => `test_${schemas++}`;
  const open = (schema: string) => openStore({ kind: "postgres", url: postgres.url, schema });

  before(async () => {
    postgres = await startPostgres();
    admin = new pg.Client(postgres.url);
    await admin.connect();
  });

  after(async () => {
    await admin.end();
    await postgres.stop();
  });

  it("is migrated once by nodes that start together, and each sees the others' writes at once", async () => {
    const schema = newSchema();
    const nodes = await Promise.all([open(schema), open(schema), open(schema)]);
    const [first, second] = nodes;
    assert.ok(first && second);
    await first.write((tx) => settings.set(tx, "value", "one"));
    assert.equal(await second.read((tx) => settings.find(tx, "value")), "one");
    const applied = await admin.query(`select number::int, name from ${schema}.migrations order by number`);
    assert.deepEqual(
      applied.rows,
      migrations.map(({ number, name }) => ({ number, name })),
    );
    await Promise.all(nodes.map((node) => node.close()));
  });

  it("keeps a count right under two nodes", async () => {
    const schema = newSchema();
    const nodes = await Promise.all([open(schema), open(schema)]);
    const increments = Array.from({ length: 40 }, (_, number) =>
      nodes[number % 2]?.write(async (tx) => {
        const count = Number((await settings.find(tx, "count")) ?? 0);
        await settings.set(tx, "count", String(count + 1));
      }),
    );
    await Promise.all(increments);
    assert.equal(await nodes[0]?.read((tx) => settings.find(tx, "count")), "40");
    assert.ok(nodes.some((node) => node.statistics().retries > 0));
    await Promise.all(nodes.map((node) => node.close()));
  });

  it("has an index for what every statement wants", async () => {
    const schema = newSchema();
    await (await open(schema)).close();
    await admin.query(`set search_path = ${schema}; ${planning.map((setting) => `set ${setting}`).join("; ")}`);
    for (const [name, { sql }] of Object.entries(await compileStatements())) {
      if (name.startsWith("reset.")) continue;
      const plan = await admin.query<{ "QUERY PLAN": string }>(`explain (generic_plan) ${numbered(sql)}`);
      const text = plan.rows.map((row) => row["QUERY PLAN"]).join("\n");
      // A user is in ten groups at most, and root has two keys: sorting them costs nothing.
      const fault = ["groups.listOfUser", "accessKeys.listOfRoot"].includes(name)
        ? /Seq Scan|Bitmap/
        : /Seq Scan|Bitmap|Sort/;
      assert.doesNotMatch(text, fault, `${name}\n${text}`);
    }
    await admin.query("reset all");
  });

  it("that ends a connection in use fails that transaction alone", async () => {
    const schema = newSchema();
    const store = await open(schema);
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const writing = store.write(async (tx) => {
      await settings.set(tx, "value", "lost");
      begun.resolve();
      await gate.promise;
      await settings.set(tx, "value", "lost again");
    });
    await begun.promise;
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'countersign' and state <> 'active'",
    );
    gate.resolve();
    await assert.rejects(writing, /terminat|not queryable/);
    assert.equal(await store.read((tx) => settings.find(tx, "value")), undefined);
    await store.write((tx) => settings.set(tx, "value", "kept"));
    assert.equal(await store.read((tx) => settings.find(tx, "value")), "kept");
    await store.close();
  });

  it("runs work again where another has inserted its row meanwhile, once", async () => {
    const schema = newSchema();
    const store = await open(schema);
    const account = { account_id: "123456789012", created_at: 1, alias: null, password_policy_json: null };
    const gate = Promise.withResolvers<void>();
    const inserted = Promise.withResolvers<void>();
    const first = store.write(async (tx) => {
      await accounts.insert(tx, account);
      inserted.resolve();
      await gate.promise;
    });
    await inserted.promise;
    let runs = 0;
    // It does not look before it inserts: the second run collides as well, and says so.
    const second = store.write(async (tx) => {
      if (++runs === 1) setTimeout(() => gate.resolve(), 20);
      await accounts.insert(tx, account);
    });
    await assert.rejects(second, new Conflict("accounts", undefined));
    assert.equal(runs, 2);
    await first;
    await store.close();
  });

  it("leaves no transaction open, however work ends", async () => {
    const schema = newSchema();
    const store = await open(schema);
    await Promise.allSettled([
      store.write((tx) => settings.set(tx, "value", "kept")),
      store.write(() => Promise.reject(new Error("refused"))),
      store.read(() => Promise.reject(new Error("refused"))),
      store.read((tx) => settings.set(tx, "value", "sneaked")),
    ]);
    const open_ = await admin.query(
      "select count(*)::int as total from pg_stat_activity where application_name = 'countersign' and xact_start is not null",
    );
    assert.deepEqual(open_.rows, [{ total: 0 }]);
    await store.close();
  });

  it("of schema 18 keeps the sign-ins that were under way", async () => {
    const schema = newSchema();
    await admin.query(`create schema ${schema}; set search_path to ${schema}`);
    await admin.query("create table migrations (number bigint not null primary key, name text not null)");
    for (const { number, name, statements } of migrations.slice(0, 18)) {
      for (const sql of statements(postgresTypes)) await admin.query(sql);
      await admin.query("insert into migrations values ($1, $2)", [number, name]);
    }
    await admin.query(
      "insert into auth_sessions values ('used', 5000, 1, 0, null), ('failed', 6000, 0, 3, '\\x01ff'); reset search_path",
    );
    const store = await open(schema);
    assert.equal(await store.write((tx) => authSessions.use(tx, { session_id: "used", expires_at: 5000 })), false);
    const failed = await store.read((tx) => authSessions.find(tx, { session_id: "failed", expires_at: 6000 }));
    assert.equal(failed?.failures, 3);
    assert.deepEqual(Buffer.from(failed?.content_sealed ?? ""), Buffer.of(1, 255));
    await store.close();
  });

  it("of a newer version is refused", async () => {
    const schema = newSchema();
    await (await open(schema)).close();
    await admin.query(`insert into ${schema}.migrations values (999, 'from the future')`);
    await assert.rejects(
      open(schema),
      new StoreError(
        "newer",
        `The database was written by a newer version of Countersign: its schema is 999, this version knows ${migrations.length}.`,
      ),
    );
  });

  it("with another application's tables in the schema is refused and left as it is", async () => {
    const schema = newSchema();
    await admin.query(`create schema ${schema}; create table ${schema}.users (theirs text)`);
    await assert.rejects(
      open(schema),
      new StoreError("unusable", `The PostgreSQL schema ${schema} cannot be used: relation "users" already exists.`),
    );
    const tables = await admin.query("select count(*)::int as total from pg_tables where schemaname = $1", [schema]);
    assert.deepEqual(tables.rows, [{ total: 1 }]);
  });

  it("that is not there, or refuses, is reported in one line without the password", async () => {
    const at = new URL(postgres.url);
    at.password = "secret-guess";
    await assert.rejects(
      openStore({ kind: "postgres", url: at.href }),
      new StoreError(
        "unreachable",
        `PostgreSQL at ${at.host}/postgres cannot be reached: password authentication failed for user "postgres".`,
      ),
    );
    at.port = "1";
    await assert.rejects(
      openStore({ kind: "postgres", url: at.href }),
      new StoreError(
        "unreachable",
        "PostgreSQL at 127.0.0.1:1/postgres cannot be reached: connect ECONNREFUSED 127.0.0.1:1.",
      ),
    );
    await assert.rejects(
      openStore({ kind: "postgres", url: "nonsense" }),
      new StoreError("unreachable", "The PostgreSQL URL is not a URL like postgres://user:password@host/database."),
    );
    await assert.rejects(
      open('a"; drop schema public'),
      new StoreError("unusable", 'The PostgreSQL schema "a\\"; drop schema public" has no plain lower-case name.'),
    );
  });
});
