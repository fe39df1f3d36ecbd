import assert from "node:assert/strict";
import { createHash, DiffieHellman, getDiffieHellman } from "node:crypto";
import { suite, test } from "node:test";
import { preparePowersOfTwo } from "./powers-of-two.ts";

const group = getDiffieHellman("modp15");
const prime = BigInt(`0x${group.getPrime("hex")}`);

function byOpenSsl(exponent: Uint8Array): string {
  Reflect.apply(DiffieHellman.prototype.setPrivateKey, group, [exponent]);
  return group.computeSecret(Buffer.of(2)).toString("hex");
}

const numbered = (seed: string, at: number) => createHash("sha256").update(`${seed} ${at}`).digest();

suite("powers of 2", () => {
  const powerOfTwo = preparePowersOfTwo(prime) ?? assert.fail("a fused multiply-add is needed to test this");
  const hex = (exponent: Uint8Array) => Buffer.from(powerOfTwo(exponent)).toString("hex");

  test("are those that OpenSSL computes", () => {
    for (let at = 0; at < 200; at++) {
      const exponent = numbered("exponent", at);
      assert.equal(hex(exponent), byOpenSsl(exponent), exponent.toString("hex"));
    }
  });

  test("of every column, with one bit of it and with all that there is room for", () => {
    const bits = (column: number) => [0, 1, 2, 3, 4].map((row) => row * 52 + column).filter((bit) => bit < 256);
    for (let column = 0; column < 52; column++) {
      const all = bits(column);
      for (const chosen of [all.slice(0, 1), all.slice(1, 2), all.slice(-1), all]) {
        const number = chosen.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
        const exponent = Buffer.from(number.toString(16).padStart(64, "0"), "hex");
        assert.equal(hex(exponent), byOpenSsl(exponent), chosen.join());
      }
    }
  });

  test("of numbers at the ends, and of short ones", () => {
    for (const exponent of [
      Buffer.alloc(32, 0xff),
      Buffer.of(1),
      Buffer.of(0x80, 0),
      numbered("short", 0).subarray(3),
    ]) {
      assert.equal(hex(exponent), byOpenSsl(exponent), exponent.toString("hex"));
    }
    assert.equal(BigInt(`0x${hex(Buffer.alloc(32))}`), 1n);
    assert.equal(BigInt(`0x${hex(Buffer.of())}`), 1n);
  });

  test("of numbers that are too long are refused, not cut off", () => {
    assert.throws(() => powerOfTwo(Buffer.alloc(33, 1)), { name: "RangeError", message: "The exponent is too long." });
  });
});
