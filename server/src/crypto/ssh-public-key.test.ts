import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";
import { readSshPublicKey, sshFingerprint, sshLineOf, sshPemOf } from "./ssh-public-key.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = String(pair.publicKey.export({ type: "spki", format: "pem" }));

function wireOf(...fields: readonly (string | number[])[]): Buffer {
  return Buffer.concat(
    fields.map((field) => {
      const content = typeof field === "string" ? Buffer.from(field) : Buffer.from(field);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(content.length);
      return Buffer.concat([length, content]);
    }),
  );
}

const line = (wire: Buffer) => `ssh-rsa ${wire.toString("base64")}`;

describe("readSshPublicKey", () => {
  test("a key is the same in both PEM forms and on one line, whatever the comment", () => {
    const key = readSshPublicKey(pem);
    assert.equal(key?.bits, 2048);
    const wire = key?.wire ?? new Uint8Array();
    const pkcs1 = String(pair.publicKey.export({ type: "pkcs1", format: "pem" }));
    for (const text of [pkcs1, sshLineOf(wire), `${sshLineOf(wire)} ann@example.com two words\n`, `\n${pem}\n`]) {
      assert.deepEqual(readSshPublicKey(text), key, text);
    }
    assert.equal(sshPemOf(wire), pem);
    assert.ok(createPublicKey(sshPemOf(wire)).equals(pair.publicKey));
  });

  test("counts the bits of the modulus", () => {
    assert.equal(readSshPublicKey(line(wireOf("ssh-rsa", [3], [0x01, 0xff])))?.bits, 9);
    assert.equal(readSshPublicKey(line(wireOf("ssh-rsa", [1, 0, 1], [0, 0x80, 0x01])))?.bits, 16);
  });

  test("the fingerprint is MD5 over the wire form", () => {
    const wire = wireOf("ssh-rsa", [3], [0x01, 0xff]);
    const hex = createHash("md5").update(wire).digest("hex");
    assert.equal(sshFingerprint(wire).replaceAll(":", ""), hex);
    assert.match(sshFingerprint(wire), /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  });

  test("nothing else is one", () => {
    const wire = wireOf("ssh-rsa", [3], [0x01, 0xff]);
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const wrong: Record<string, string> = {
      text: "not a key",
      empty: "",
      "another algorithm": `ssh-ed25519 ${wire.toString("base64")}`,
      "another algorithm inside": line(wireOf("ssh-dss", [3], [0x01, 0xff])),
      "two lines": `${line(wire)}\n${line(wire)}`,
      "loose bits": line(wire).replace(/=*$/, "").replace(/.$/, "B"),
      "one field too few": line(wireOf("ssh-rsa", [3])),
      "one field too many": line(wireOf("ssh-rsa", [3], [0x01, 0xff], [1])),
      "a field past the end": line(wire.subarray(0, -1)),
      "half a length": line(Buffer.concat([wire, Buffer.of(0, 0)])),
      "a negative modulus": line(wireOf("ssh-rsa", [3], [0xff, 0xff])),
      "a needless zero": line(wireOf("ssh-rsa", [3], [0, 0x01, 0xff])),
      "no modulus": line(wireOf("ssh-rsa", [3], [])),
      "an even modulus": line(wireOf("ssh-rsa", [3], [0x01, 0xfe])),
      "an even exponent": line(wireOf("ssh-rsa", [4], [0x01, 0xff])),
      "an exponent of 1": line(wireOf("ssh-rsa", [1], [0x01, 0xff])),
      "a private key": String(pair.privateKey.export({ type: "pkcs8", format: "pem" })),
      "an EC key": String(ec.publicKey.export({ type: "spki", format: "pem" })),
      "a broken PEM": pem.slice(0, 100),
      "a text too long": `${sshLineOf(wire)} ${"x".repeat(16_384)}`,
    };
    for (const [what, text] of Object.entries(wrong)) assert.equal(readSshPublicKey(text), undefined, what);
  });
});
