import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseTemplate, resolvePieces, resolveText } from "./variables.ts";

interface Templates {
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly cases: readonly { readonly template: string; readonly text: string | null }[];
  readonly malformed: readonly string[];
}

const file = new URL("../../test/vectors/policy/templates/templates.json", import.meta.url);
const templates: Templates = JSON.parse(readFileSync(file, "utf8"));
const context = new Map(Object.entries(templates.context));

test("variables, defaults and escapes", () => {
  for (const { template, text } of templates.cases) {
    const parsed = parseTemplate(template);
    assert.ok(parsed !== undefined, template);
    assert.equal(resolveText(parsed, context), text ?? undefined, template);
    const pieces = resolvePieces(parsed, context);
    assert.equal(pieces?.map((piece) => piece.text).join(""), text ?? undefined, template);
  }
});

test("what a variable gives, and what is escaped, is no pattern", () => {
  const [name, star] = ["aws:username", "*"].map((body) => `$\{${body}}`);
  const template = parseTemplate(`*${name}?${star}*`);
  assert.ok(template !== undefined);
  assert.deepEqual(resolvePieces(template, context), [
    { text: "*", literal: false },
    { text: "a*n", literal: true },
    { text: "?", literal: false },
    { text: "*", literal: true },
    { text: "*", literal: false },
  ]);
});

test("what is not well formed is no template", () => {
  for (const source of templates.malformed) assert.equal(parseTemplate(source), undefined, source);
  assert.equal(parseTemplate("${".repeat(500_000)), undefined);
});
