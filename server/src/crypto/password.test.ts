import assert from "node:assert/strict";
import { scryptSync } from "node:crypto";
import { test } from "node:test";
import { hashPassword, isSameHash } from "./password.ts";

const salt = Buffer.from("0123456789abcdef");

test("a hash is scrypt's over the password's UTF-8", async () => {
  const expected = scryptSync(Buffer.from("pässword"), salt, 32, { N: 16_384, r: 8, p: 5 });
  assert.deepEqual(Buffer.from(await hashPassword("pässword", salt)), expected);
});

test("another password or salt has another hash", async () => {
  const [one, again, other, salted] = await Promise.all([
    hashPassword("one", salt),
    hashPassword("one", salt),
    hashPassword("One", salt),
    hashPassword("one", Buffer.from("0123456789abcdeg")),
  ]);
  assert.deepEqual([isSameHash(one, again), isSameHash(one, other), isSameHash(one, salted)], [true, false, false]);
  assert.equal(isSameHash(one, one.subarray(1)), false);
});
