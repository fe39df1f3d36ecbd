import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { before, describe, it } from "node:test";
import { compileStatements } from "./compile-statements.ts";
import { sqliteTypes } from "./dialects/sqlite.ts";
import { migrations } from "./migrations/migration.ts";
import {
  type CompiledStatements,
  numbered,
  type Slots,
  Statement,
  statement,
  statements,
  type Tx,
} from "./statement.ts";
import { users } from "./users.ts";

describe("statements", () => {
  let compiled: CompiledStatements;

  before(async () => {
    compiled = await compileStatements();
  });

  it("are in statements.json as they are written (else run compile-statements.ts)", () => {
    const stored: unknown = JSON.parse(readFileSync(new URL("statements.json", import.meta.url), "utf8"));
    assert.deepEqual(stored, compiled);
    for (const it of statements.values()) assert.deepEqual(it.compiled, compiled[it.name]);
  });

  it("find what they want by an index, and in order", () => {
    const database = new DatabaseSync(":memory:");
    for (const migration of migrations) {
      for (const sql of migration.statements(sqliteTypes)) database.exec(sql);
    }
    for (const [name, { sql, parameters }] of Object.entries(compiled)) {
      if (name.startsWith("reset.")) continue;
      const values = parameters.map(() => 1);
      const plan = database
        .prepare(`explain query plan ${sql}`)
        .all(...values)
        .map((step) => String(step.detail));
      // A user is in ten groups at most, so sorting them by name costs nothing.
      const isSorted = name === "groups.listOfUser";
      const faults = plan.filter((step) => /^SCAN/.test(step) || (!isSorted && /USE TEMP B-TREE/.test(step)));
      assert.deepEqual(faults, [], `${name}: ${plan.join("; ")}`);
    }
  });

  it("that are edited or new are compiled when first used", () => {
    const edited = new Statement("users.find", (db) =>
      db.selectFrom("users").select("path").where("user_id", "=", "x"),
    );
    assert.deepEqual(edited.compiled, {
      sql: 'select "path" from "users" where "user_id" = ?',
      parameters: [{ constant: "x" }],
    });
    assert.deepEqual(edited.values({}), ["x"]);
  });

  it("know their parameters, the table they write and whether they alter rows", () => {
    const of = (name: string) => {
      const { writes, alters, parameters } = compiled[name] ?? assert.fail(name);
      return { writes, alters, parameters: parameters.length };
    };
    assert.deepEqual(of("users.findById"), { writes: undefined, alters: undefined, parameters: 1 });
    assert.deepEqual(of("users.insert"), { writes: "users", alters: false, parameters: 9 });
    assert.deepEqual(of("inlinePolicies.put"), { writes: "inline_policies", alters: true, parameters: 3 });
    assert.deepEqual(of("groups.addMember"), { writes: "group_members", alters: false, parameters: 3 });
    assert.deepEqual(of("users.rename"), { writes: "users", alters: true, parameters: 4 });
    assert.deepEqual(of("users.delete"), { writes: "users", alters: true, parameters: 1 });
    assert.equal(numbered("a = ? and b = ?"), "a = $1 and b = $2");
  });

  it("refuse a missing parameter", async () => {
    const find = statements.get("users.findById") ?? assert.fail();
    assert.throws(() => find.values({ userID: "x" }), {
      name: "TypeError",
      message: 'users.findById: parameter "userId" is missing',
    });
  });

  it("have each a name of their own", () => {
    const build = (db: Parameters<Parameters<typeof statement.first>[1]>[0], p: Slots<{ userId: string }>) =>
      db.selectFrom("users").selectAll().where("user_id", "=", p.userId);
    assert.throws(() => statement.first("users.find", build), { message: "two statements are named users.find" });
  });

  it("give rows of the inferred type", () => {
    // Compiled, never run: what the type checker says of it is the test.
    const typed = async (tx: Tx): Promise<string | undefined> => (await users.find(tx, "1", "a"))?.user_name;
    assert.equal(typeof typed, "function");
  });
});
