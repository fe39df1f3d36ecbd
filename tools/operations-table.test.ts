import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { settings } from "../server/src/config.ts";
import { catalog } from "../server/src/services/catalog.ts";
import { operationsTable, settingsTable, withTables } from "./operations-table.ts";

test("every operation of the contract is in the table once, marked where it answers", () => {
  const words = operationsTable().match(/(✓\u00a0)?\b[A-Z]\w+(?=,|\n)/g) ?? [];
  const expected = Object.values(catalog).flatMap(({ model, operations }) =>
    Object.keys(model.operations)
      .toSorted()
      .map((name) => (name in operations ? `✓\u00a0${name}` : name)),
  );
  assert.deepEqual(words, expected);
});

test("the counts are those of the catalog", () => {
  const counts = [...operationsTable().matchAll(/^\| .+ \| (\d+) \| (\d+) \|$/gm)].map(([, ...found]) => found);
  assert.deepEqual(
    counts,
    Object.values(catalog).map(({ model, operations }) => [
      String(Object.keys(operations).length),
      String(Object.keys(model.operations).length),
    ]),
  );
});

test("every setting has its row", () => {
  const rows = settingsTable().split("\n").slice(2);
  assert.equal(rows.length, settings.length);
  assert.equal(rows[1], "| `--port PORT` | `COUNTERSIGN_PORT` | `4566` | port to listen on; 0 takes a free one |");
});

test("tables stand between their markers, and text without markers is refused", () => {
  const text = "a\n<!-- settings -->\nold\n<!-- /settings -->\nb\n<!-- operations --><!-- /operations -->\nc\n";
  const filled = withTables(text);
  assert.equal(
    filled,
    `a\n<!-- settings -->\n${settingsTable()}\n<!-- /settings -->\nb\n<!-- operations -->\n${operationsTable()}\n<!-- /operations -->\nc\n`,
  );
  assert.equal(withTables(filled), filled);
  assert.throws(() => withTables("<!-- /operations --><!-- operations -->"), {
    message: "the markers <!-- operations --> and <!-- /operations --> are missing",
  });
});

test("README.md says what the code does: npm run operations -- --write", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  assert.equal(withTables(readme), readme);
});
