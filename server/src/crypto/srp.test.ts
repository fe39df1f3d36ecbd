import assert from "node:assert/strict";
import { getDiffieHellman } from "node:crypto";
import { suite, test } from "node:test";
import { srpClient } from "../../test/srp-client.ts";
import vectors from "../../test/vectors/srp.json" with { type: "json" };
import {
  claimSignature,
  fromBytes,
  generator,
  inventVerifier,
  isSameSignature,
  isVerifier,
  type PowerOfProduct,
  privateKey,
  readGroupNumber,
  readTimestamp,
  scramble,
  serverPublic,
  sessionKey,
  sharedSecret,
  toBytes,
} from "./srp.ts";

const prime = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);

function power(base: Uint8Array, exponent: Uint8Array): Uint8Array {
  let [result, square] = [1n, fromBytes(base)];
  for (let rest = fromBytes(exponent); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return toBytes(result);
}

const powerOfProduct: PowerOfProduct = async ({ factor, base, exponent, outer }) =>
  power(toBytes((fromBytes(factor) * fromBytes(power(base, exponent))) % prime), outer);

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (digits: string) => Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");

suite("SRP", () => {
  for (const vector of vectors.exchanges) {
    test(`the numbers of the client that AWS made: ${vector.about}`, async () => {
      const identity = { group: vector.group, name: vector.name };
      const x = privateKey(identity, vector.password, bytes(vector.salt));
      assert.equal(fromBytes(x), BigInt(`0x${vector.x}`));
      const verifier = power(generator, x);
      assert.equal(fromBytes(verifier).toString(16), vector.verifier);
      const B = serverPublic(verifier, power(generator, bytes(vector.b)));
      assert.equal(B.toString(16), vector.B);
      const A = readGroupNumber(vector.A);
      assert.equal(A?.toString(16), vector.A);
      const u = scramble(A ?? 0n, B) ?? assert.fail();
      assert.equal(hex(u), vector.u);
      const numbers = { clientPublic: toBytes(A ?? 0n), verifier, scramble: u, serverSecret: bytes(vector.b) };
      const S = await sharedSecret(powerOfProduct, numbers);
      assert.equal(fromBytes(S).toString(16), vector.S);
      const key = sessionKey(u, S);
      assert.equal(hex(key), vector.key);
      const secretBlock = Buffer.from(vector.secretBlock, "base64");
      const signature = claimSignature(key, identity, secretBlock, vector.timestamp);
      assert.equal(Buffer.from(signature).toString("base64"), vector.signature);
    });
  }

  test("the tests' own client signs as the one that AWS made", () => {
    for (const {
      group,
      name,
      password,
      a,
      A,
      salt,
      B,
      secretBlock,
      timestamp,
      signature,
      about,
    } of vectors.exchanges) {
      const client = srpClient(group, name, password, BigInt(`0x${a}`));
      assert.equal(client.SRP_A, A, about);
      const challenge = { SALT: salt, SRP_B: B, SECRET_BLOCK: secretBlock };
      assert.equal(client.sign(challenge, timestamp), signature, about);
    }
  });

  test("numbers that would give the key away are not taken from a client", () => {
    for (const refused of [
      "0",
      "00",
      prime.toString(16),
      (2n * prime).toString(16),
      "",
      "-1",
      "0x2",
      "g",
      "f".repeat(801),
    ]) {
      assert.equal(readGroupNumber(refused), undefined, refused.slice(0, 10));
    }
    assert.equal(readGroupNumber("00Ff"), 255n);
    assert.equal(readGroupNumber((prime + 1n).toString(16)), prime + 1n);
  });

  test("verifiers whose powers anybody knows are none", () => {
    for (const value of [0n, 1n, prime - 1n, prime, prime + 1n]) assert.equal(isVerifier(toBytes(value)), false);
    for (const value of [2n, prime - 2n]) assert.equal(isVerifier(toBytes(value)), true);
    assert.equal(isVerifier(new Uint8Array(0)), false);
    assert.equal(isVerifier(new Uint8Array(386).fill(255)), false);
  });

  test("invented verifiers are proper ones, one for each secret", () => {
    const invented = Array.from({ length: 50 }, (_, at) => inventVerifier(Buffer.of(at)));
    assert.equal(new Set(invented.map(hex)).size, 50);
    for (const verifier of invented) assert.equal(isVerifier(verifier), true);
    assert.deepEqual(inventVerifier(Buffer.of(7)), invented[7]);
  });

  test("signatures are compared whole", () => {
    const signature = Buffer.from("abcdefgh");
    assert.equal(isSameSignature(signature, signature.toString("base64")), true);
    for (const other of [
      "",
      "abcdefgh",
      Buffer.from("abcdefgi").toString("base64"),
      Buffer.from("abcdefg").toString("base64"),
    ]) {
      assert.equal(isSameSignature(signature, other), false, other);
    }
  });

  test("timestamps are read as the SDKs write them, and in no other form", () => {
    assert.equal(readTimestamp("Tue Sep 5 09:03:07 UTC 2023"), Date.UTC(2023, 8, 5, 9, 3, 7));
    assert.equal(readTimestamp("Tue Sep 05 09:03:07 UTC 2023"), Date.UTC(2023, 8, 5, 9, 3, 7));
    assert.equal(readTimestamp("Thu Feb 29 23:59:59 UTC 2024"), Date.UTC(2024, 1, 29, 23, 59, 59));
    for (const refused of [
      "",
      "2023-09-05T09:03:07Z",
      "Mon Sep 5 09:03:07 UTC 2023",
      "Fri Feb 31 09:03:07 UTC 2023",
      "Wed Sep 5 24:03:07 UTC 2023",
      "Tue Sep 5 09:60:07 UTC 2023",
      "Tue Sep 5 09:03:07 GMT 2023",
      "Tue Sep 5 9:03:07 UTC 2023",
      "Tue sep 5 09:03:07 UTC 2023",
      "Di Sep 5 09:03:07 UTC 2023",
      " Tue Sep 5 09:03:07 UTC 2023",
      "Tue Sep 5 09:03:07 UTC 2023\n",
    ]) {
      assert.equal(readTimestamp(refused), undefined, refused);
    }
  });
});
