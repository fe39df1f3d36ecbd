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

  test("of every digit at every place", () => {
    for (let bit = 0; bit < 256; bit += 5) {
      for (let digit = 1; digit < 32; digit += bit === 255 ? 31 : 5) {
        const exponent = Buffer.from((BigInt(digit) << BigInt(bit)).toString(16).padStart(64, "0"), "hex");
        assert.equal(hex(exponent), byOpenSsl(exponent), `${digit} · 2^${bit}`);
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
