import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { seededRandom } from "../../../runtime/random.ts";
import { bindBrowser, bindingHash, isBoundTo } from "./browser-binding.ts";

const here = { base: "https://auth.example.com", basePath: "" };

suite("bindBrowser", () => {
  const random = seededRandom("binding");

  test("gives a browser a number of its own, and leaves it the one that it has", () => {
    const { value, setCookie } = bindBrowser({ random }, here, undefined);
    assert.match(value, /^[\w-]{43}$/);
    assert.equal(setCookie, `csrf-state=${value}; Path=/; Secure; HttpOnly; SameSite=Lax`);
    assert.deepEqual(bindBrowser({ random }, here, value), { value, setCookie: undefined });
    const local = { base: "http://localhost:4566/pools/p", basePath: "/pools/p" };
    const other = bindBrowser({ random }, local, undefined);
    assert.notEqual(other.value, value);
    assert.equal(other.setCookie, `csrf-state=${other.value}; Path=/pools/p/; HttpOnly; SameSite=Lax`);
    assert.equal(isBoundTo(bindingHash(value), value), true);
    assert.equal(isBoundTo(bindingHash(value), other.value), false);
    assert.equal(isBoundTo(bindingHash(value), undefined), false);
  });

  test("takes nothing for a number that it would not give", () => {
    for (const given of ["", "x", "a".repeat(42), "a".repeat(44), `${"a".repeat(42)}=`, `${"a".repeat(42)};`]) {
      assert.notEqual(bindBrowser({ random }, here, given).value, given);
      assert.equal(isBoundTo(bindingHash(given), given), false, given);
    }
  });
});
