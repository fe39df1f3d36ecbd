import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createSeal, SealError, type SealErrorCode } from "./seal.ts";

const masterKey = Uint8Array.from({ length: 32 }, (_, at) => at);
const nonce = Uint8Array.from({ length: 12 }, (_, at) => 0xa0 + at);
const seal = createSeal(masterKey);
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const context = "access_keys:AKIAIOSFODNN7EXAMPLE";

function codeOf(action: () => unknown): SealErrorCode {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof SealError);
    return error.code;
  }
  return assert.fail("It opened.");
}

describe("seal and open", () => {
  test("give back text and bytes, also none and many", () => {
    for (const plain of ["", secret, "\u00e9\u{1f511}", "x".repeat(100_000)]) {
      assert.equal(Buffer.from(seal.open(seal.seal(plain, context, nonce), context)).toString(), plain);
    }
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    assert.deepEqual(Uint8Array.from(seal.open(seal.seal(bytes, context, nonce), context)), bytes);
  });

  test("the form is version, key id, nonce, ciphertext, tag, and stays so", () => {
    const sealed = Buffer.from(seal.seal("secret", context, nonce));
    assert.equal(sealed.length, 1 + 8 + 12 + 6 + 16);
    // Made with Python's cryptography (HKDF, HMAC, AESGCM) from the description in seal.ts: what is stored must stay readable.
    assert.equal(
      sealed.toString("hex"),
      "01e0689a1ede305d9fa0a1a2a3a4a5a6a7a8a9aaabfad5bc5f8ced4c81efd9e83274abd7d2ac13801374d3",
    );
  });

  test("show nothing of the text, and differ by nonce", () => {
    const sealed = Buffer.from(seal.seal(secret, context, nonce));
    assert.equal(sealed.includes(secret.slice(0, 4)), false);
    assert.notDeepEqual(sealed, Buffer.from(seal.seal(secret, context, new Uint8Array(12))));
  });

  test("refuse another context", () => {
    const sealed = seal.seal(secret, context, nonce);
    for (const other of ["", "access_keys:AKIAIOSFODNN7EXAMPLF", `${context} `]) {
      assert.equal(
        codeOf(() => seal.open(sealed, other)),
        "tampered",
      );
    }
  });

  test("refuse every change of a bit", () => {
    const sealed = seal.seal(secret, context, nonce);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const expected = at === 0 ? "malformed" : at < 9 ? "wrong-key" : "tampered";
      assert.equal(
        codeOf(() => seal.open(changed, context)),
        expected,
        `byte ${at}`,
      );
    }
  });

  test("refuse every cut", () => {
    const sealed = seal.seal("", context, nonce);
    for (let length = 0; length < sealed.length; length++) {
      assert.equal(
        codeOf(() => seal.open(sealed.subarray(0, length), context)),
        "malformed",
      );
    }
    assert.equal(
      codeOf(() => seal.open(Buffer.concat([sealed, Buffer.of(0)]), context)),
      "tampered",
    );
    assert.equal(
      codeOf(() => seal.open(seal.seal(secret, context, nonce).subarray(0, -1), context)),
      "tampered",
    );
  });

  test("tell another master key from tampering, in words without secrets", () => {
    const sealed = createSeal(new Uint8Array(32)).seal(secret, context, nonce);
    assert.throws(
      () => seal.open(sealed, context),
      (error) => {
        assert.ok(error instanceof SealError);
        assert.equal(error.code, "wrong-key");
        assert.equal(error.message, "This value was sealed under another master key.");
        return true;
      },
    );
  });

  test("insist on the sizes of key and nonce", () => {
    for (const size of [0, 16, 31, 33]) {
      assert.throws(() => createSeal(new Uint8Array(size)), new RangeError("A master key is 32 bytes."));
    }
    for (const size of [0, 11, 13, 16]) {
      assert.throws(() => seal.seal("", context, new Uint8Array(size)), new RangeError("A nonce is 12 bytes."));
      assert.throws(() => seal.sealToken("", new Uint8Array(size)), new RangeError("A nonce is 12 bytes."));
    }
  });
});

describe("tokens", () => {
  const json = JSON.stringify({ accessKeyId: "ASIAIOSFODNN7EXAMPLE", userId: "AIDA\u00e9", expiresAt: 1 });

  test("are base64 and carry their text", () => {
    const token = seal.sealToken(json, nonce);
    assert.match(token, /^[A-Za-z0-9+/]+={0,2}$/);
    assert.equal(Buffer.from(token, "base64").includes("ASIA"), false);
    assert.equal(seal.openToken(token), json);
  });

  test("open in one spelling only", () => {
    const token = seal.sealToken(json, nonce);
    assert.match(token, /=$/);
    for (const other of [
      "",
      "AAAA",
      "not a token",
      token.slice(0, -1),
      token.slice(4),
      `${token}=`,
      `${token}AAAA`,
      ` ${token}`,
      `${token.slice(0, 8)}\n${token.slice(8)}`,
      token.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
      "A".repeat(20_000),
    ]) {
      assert.equal(seal.openToken(other), undefined, other.slice(0, 20));
    }
  });

  test("are no longer than a header can be", () => {
    const fits = seal.sealToken("x".repeat(12_288 - 37), nonce);
    assert.equal(fits.length, 16_384);
    assert.equal(seal.openToken(fits)?.length, 12_288 - 37);
    assert.equal(seal.openToken(seal.sealToken("x".repeat(12_288 - 36), nonce)), undefined);
  });

  test("do not open after any change of a character", () => {
    const token = seal.sealToken(json, nonce);
    for (let at = 0; at < token.length; at++) {
      const other = `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
      assert.equal(seal.openToken(other), undefined, `character ${at}`);
    }
  });

  test("of another master key do not open", () => {
    assert.equal(seal.openToken(createSeal(new Uint8Array(32)).sealToken(json, nonce)), undefined);
  });

  test("and columns are sealed under different keys", () => {
    const column = Buffer.from(seal.seal(json, "session-token", nonce));
    assert.equal(seal.openToken(column.toString("base64")), undefined);
    const token = Buffer.from(seal.sealToken(json, nonce), "base64");
    assert.equal(
      codeOf(() => seal.open(token, "session-token")),
      "tampered",
    );
    // The same text, context and nonce: only the key differs.
    assert.notDeepEqual(token.subarray(21), column.subarray(21));
  });
});
