import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compilePowersOfTwo, target } from "./compile-powers-of-two.ts";

test("powers-of-two.json is what powers-of-two.wat compiles to (else run compile-powers-of-two.ts)", async () => {
  assert.equal(readFileSync(target, "utf8"), await compilePowersOfTwo());
});
