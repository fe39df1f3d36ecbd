import assert from "node:assert/strict";
import { test } from "node:test";
import { base32 } from "./base32.ts";

test("RFC 4648 section 10, without its padding", () => {
  for (const [text, expected] of [
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ]) {
    assert.equal(base32(Buffer.from(text ?? "")), expected);
  }
});

test("every letter, from every place in a byte", () => {
  assert.equal(
    base32(Buffer.from("00443214c74254b635cf84653a56d7c675be77df", "hex")),
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  );
  assert.equal(base32(new Uint8Array(20).fill(255)), "7".repeat(32));
});
