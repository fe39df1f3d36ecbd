import assert from "node:assert/strict";
import { generateKeyPairSync, sign, verify } from "node:crypto";
import { test } from "node:test";
import { decodePrivateKey, encodePrivateKey } from "./private-key.ts";

test("a key comes back from its encoding, with the public key that belongs to it", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const der = encodePrivateKey(privateKey);
  // Within a larger buffer, as from a database.
  const padded = new Uint8Array(der.length + 20);
  padded.set(der, 10);
  const decoded = decodePrivateKey(padded.subarray(10, 10 + der.length));
  assert.ok(decoded.privateKey.equals(privateKey));
  assert.ok(decoded.publicKey.equals(publicKey));
  const text = Buffer.from("text");
  assert.ok(verify("sha256", text, publicKey, sign("sha256", text, decoded.privateKey)));
});

test("what is no private key is refused", () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  assert.throws(() => decodePrivateKey(publicKey.export({ type: "spki", format: "der" })));
  assert.throws(() => decodePrivateKey(new Uint8Array(0)));
});
