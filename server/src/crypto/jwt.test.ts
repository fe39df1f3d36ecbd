import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { test } from "node:test";
import { findKey, isSignedBy, publicJwk, readToken, signToken } from "./jwt.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-384" });
const rsaKey = { ...publicJwk(rsa.publicKey), kid: "r" };
const ecKey = { ...publicJwk(ec.publicKey), kid: "e" };
const token = await signToken({ sub: "ann" }, { privateKey: rsa.privateKey, keyId: "r", algorithm: "RS256" });

test("a signed token is one for anybody who knows RFC 7515", () => {
  const [header = "", payload = "", signature = ""] = token.split(".");
  assert.deepEqual(JSON.parse(Buffer.from(header, "base64url").toString()), { kid: "r", typ: "JWT", alg: "RS256" });
  assert.equal(Buffer.from(payload, "base64url").toString(), '{"sub":"ann"}');
  const key = createPublicKey({ key: rsaKey, format: "jwk" });
  assert.ok(verify("sha256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url")));
});

test("a token is believed by its own key alone", async () => {
  const read = readToken(token);
  assert.deepEqual(read, { algorithm: "RS256", keyId: "r", claims: { sub: "ann" } });
  assert.ok(read);
  assert.equal(await isSignedBy(token, read, rsaKey), true);
  assert.equal(await isSignedBy(`${token.slice(0, -4)}AAAA`, read, rsaKey), false);
  const another = generateKeyPairSync("rsa", { modulusLength: 2048 });
  assert.equal(await isSignedBy(token, read, publicJwk(another.publicKey)), false);
  assert.equal(await isSignedBy(token, read, ecKey), false);
  const es = await signToken({ sub: "ann" }, { privateKey: ec.privateKey, keyId: "e", algorithm: "ES384" });
  const readEs = readToken(es);
  assert.ok(readEs);
  assert.equal(await isSignedBy(es, readEs, ecKey), true);
  // Another curve than the algorithm's, a key that is none, and one that its issuer has told everybody.
  const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
  assert.equal(await isSignedBy(es, readEs, publicJwk(p256.publicKey)), false);
  await assert.rejects(signToken({}, { privateKey: p256.privateKey, keyId: "e", algorithm: "ES384" }));
  assert.equal(await isSignedBy(token, read, { kty: "RSA", n: "AQAB" }), false);
  assert.equal(await isSignedBy(token, read, rsa.privateKey.export({ format: "jwk" })), false);
});

test("the key is the one that the header names, of its kind, for signatures", () => {
  const named = { algorithm: "RS256", keyId: "r", claims: {} };
  assert.equal(findKey({ keys: [ecKey, rsaKey] }, named), rsaKey);
  assert.equal(findKey({ keys: [{ ...ecKey, kid: "r" }] }, named), undefined);
  assert.equal(findKey({ keys: [{ ...rsaKey, use: "enc" }] }, named), undefined);
  assert.equal(findKey({ keys: [rsaKey] }, { ...named, keyId: "x" }), undefined);
  assert.equal(findKey({ keys: [rsaKey, ecKey] }, { ...named, keyId: undefined }), rsaKey);
  assert.equal(findKey({ keys: [rsaKey, { ...rsaKey, kid: "s" }] }, { ...named, keyId: undefined }), undefined);
  for (const none of [undefined, null, 7, [], {}, { keys: {} }, { keys: [null, 7, []] }]) {
    assert.equal(findKey(none, named), undefined);
  }
});

test("what is no token, or one that a stranger could make, is none", () => {
  const [, payload = ""] = token.split(".");
  const header = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  for (const text of [
    "",
    "a.b.c",
    token.split(".").slice(0, 2).join("."),
    `${header({ alg: "none" })}.${payload}.`,
    `${header({ alg: "HS256" })}.${payload}.AAAA`,
    `${header({ alg: "RS256", crit: ["x"], x: 1 })}.${payload}.AAAA`,
    `${header({ alg: "RS256" })}.${Buffer.from("[]").toString("base64url")}.AAAA`,
    `${header({ alg: "constructor" })}.${payload}.AAAA`,
  ]) {
    assert.equal(readToken(text), undefined, text);
  }
});
