import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { suite, test } from "node:test";
import { compactVerify } from "jose";
import { isSignedWith, modulusOf, publicKeyOf, readClaims, type Signer, signClaims, tokenHeader } from "./rs256.ts";

const signer: Signer = async (text, privateKey) => sign("sha256", text, privateKey);

suite("RS256", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const claims = { sub: "ann", name: "Ünï", list: [1, "a"], absent: undefined };

  test("tokens are what others verify, and say what they were given", async () => {
    const token = await signClaims(privateKey, tokenHeader("key/+="), claims, signer);
    const { payload, protectedHeader } = await compactVerify(token, publicKey, { algorithms: ["RS256"] });
    assert.deepEqual(protectedHeader, { kid: "key/+=", alg: "RS256" });
    assert.equal(Buffer.from(payload).toString(), '{"sub":"ann","name":"Ünï","list":[1,"a"]}');
    assert.deepEqual(readClaims(token), { keyId: "key/+=", claims: { sub: "ann", name: "Ünï", list: [1, "a"] } });
    assert.equal(isSignedWith(publicKeyOf(modulusOf(publicKey)), token), true);
  });

  test("one that was changed anywhere, or was signed by another, is not signed", async () => {
    const token = await signClaims(privateKey, tokenHeader("key"), claims, signer);
    for (const at of [3, token.indexOf(".") + 3, token.length - 100]) {
      const other = token[at] === "A" ? "B" : "A";
      assert.equal(isSignedWith(publicKey, token.slice(0, at) + other + token.slice(at + 1)), false, String(at));
    }
    for (const suffix of ["=", "A", ".", " "]) assert.equal(isSignedWith(publicKey, token + suffix), false, suffix);
    const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
    assert.equal(isSignedWith(stranger.publicKey, token), false);
    assert.equal(isSignedWith(createPublicKey(stranger.privateKey), token), false);
  });

  test("what is no token of this kind says nothing", () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const head = { alg: "RS256", kid: "key" };
    assert.ok(readClaims(`${part(head)}.${part({})}.x`));
    for (const token of [
      "",
      "a.b",
      `${part(head)}.${part({})}`,
      `${part(head)}.${part({})}.x.y`,
      `${part({ alg: "none", kid: "key" })}.${part({})}.x`,
      `${part({ alg: "RS256" })}.${part({})}.x`,
      `${part({ ...head, crit: ["b64"] })}.${part({})}.x`,
      `${part(head)}.${part([])}.x`,
      `${part(head)}.${part(null)}.x`,
      `${part(head)}.x.x`,
      `${part(head)}.${part({ a: "x".repeat(70_000) })}.x`,
    ]) {
      assert.equal(readClaims(token), undefined, token.slice(0, 60));
    }
  });
});
