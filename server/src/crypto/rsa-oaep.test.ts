import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, publicEncrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { decryptOaep, type OaepHash } from "./rsa-oaep.ts";

/** Made by `openssl pkeyutl -encrypt -pkeyopt rsa_padding_mode:oaep`, of the bytes 0 to 31. */
const vectors = JSON.parse(readFileSync(new URL("../../test/vectors/rsa-oaep.json", import.meta.url), "utf8")) as {
  privateKey: string;
  cases: { hash: OaepHash; mask: OaepHash; ciphertext: string }[];
};
const key = createPrivateKey(vectors.privateKey);
const message = Uint8Array.from({ length: 32 }, (_, index) => index);

suite("RSAES-OAEP", () => {
  for (const { hash, mask, ciphertext } of vectors.cases) {
    test(`opens what OpenSSL sealed with ${hash}, masked with ${mask}, and with nothing else`, () => {
      const sealed = Buffer.from(ciphertext, "base64");
      assert.deepEqual(Uint8Array.from(decryptOaep(key, sealed, hash, [mask]) ?? []), message);
      assert.ok(decryptOaep(key, sealed, hash, ["sha384", mask]) !== undefined);
      const others = (["sha1", "sha256", "sha384", "sha512"] as const).filter((one) => one !== mask);
      assert.equal(decryptOaep(key, sealed, hash, others), undefined);
      assert.equal(decryptOaep(key, sealed, hash === "sha1" ? "sha256" : "sha1", [mask]), undefined);
    });
  }

  test("an empty message, and the longest", () => {
    for (const length of [0, 1, 256 - 2 * 32 - 2]) {
      const text = Buffer.alloc(length, 1);
      const sealed = publicEncrypt({ key: createPublicKey(key), oaepHash: "sha256" }, text);
      assert.deepEqual(Buffer.from(decryptOaep(key, sealed, "sha256", ["sha256"]) ?? "none"), text);
    }
  });

  test("what is no ciphertext opens to nothing", () => {
    const [first] = vectors.cases;
    const sealed = Buffer.from(first?.ciphertext ?? "", "base64");
    for (const wrong of [Buffer.alloc(0), Buffer.alloc(256), Buffer.alloc(256, 255), sealed.subarray(1)]) {
      assert.equal(decryptOaep(key, wrong, "sha1", ["sha1"]), undefined);
    }
    const flipped = Buffer.from(sealed);
    flipped[100] = (flipped[100] ?? 0) ^ 1;
    assert.equal(decryptOaep(key, flipped, "sha1", ["sha1"]), undefined);
  });
});
