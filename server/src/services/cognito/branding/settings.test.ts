import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeSettings } from "./settings.ts";

test("objects are merged member by member, anything else is replaced", () => {
  const before = { a: { b: 1, c: [1, 2] }, d: { e: 1 } };
  assert.deepEqual(mergeSettings(before, { a: { c: [3] }, d: null, f: { g: true } }), {
    a: { b: 1, c: [3] },
    d: null,
    f: { g: true },
  });
  assert.deepEqual(before, { a: { b: 1, c: [1, 2] }, d: { e: 1 } });
});

test("a member named __proto__ is a member", () => {
  const merged = mergeSettings({ a: {} }, JSON.parse('{"a":{"__proto__":{"polluted":true}}}'));
  assert.equal(JSON.stringify(merged), '{"a":{"__proto__":{"polluted":true}}}');
  assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
});
