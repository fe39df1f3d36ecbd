import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createSeal } from "../../../crypto/seal.ts";
import { seededRandom } from "../../../runtime/random.ts";
import { openState, sealState } from "./sealed-state.ts";

suite("a sealed state", () => {
  const random = seededRandom("states");
  const means = { random, seal: createSeal(random.bytes(32)) };
  const secret = { requestId: "_secret", nested: { list: ["a", "ü"] } };
  const text = sealState(means, "saml-sign-in", "us-east-1_One", secret, 1000);

  test("says what was sealed, until it ends", () => {
    assert.deepEqual(openState(means, "saml-sign-in", "us-east-1_One", text, 999), secret);
    assert.equal(openState(means, "saml-sign-in", "us-east-1_One", text, 1000), null);
  });

  test("tells its bearer nothing, and can stand in a URL", () => {
    assert.match(text, /^[\w-]+$/);
    assert.ok(!Buffer.from(text, "base64url").toString("latin1").includes("secret"));
  });

  test("is none for another purpose, another pool or another server", () => {
    assert.equal(openState(means, "saml-sign-out", "us-east-1_One", text, 0), undefined);
    assert.equal(openState(means, "saml-sign-in", "us-east-1_Two", text, 0), undefined);
    const other = { seal: createSeal(random.bytes(32)) };
    assert.equal(openState(other, "saml-sign-in", "us-east-1_One", text, 0), undefined);
  });

  test("is none once any character of it is changed, or spelled otherwise", () => {
    const open = (changed: string) => openState(means, "saml-sign-in", "us-east-1_One", changed, 0);
    for (let at = 0; at < text.length; at++) {
      const character = text[at] === "A" ? "B" : "A";
      assert.equal(open(text.slice(0, at) + character + text.slice(at + 1)), undefined, `at ${at}`);
    }
    for (const spelled of ["", "x", ` ${text}`, `${text}=`, `${text}\n`, `${text}A`, text.slice(0, -1)]) {
      assert.equal(open(spelled), undefined, JSON.stringify(spelled));
    }
    assert.equal(open("A".repeat(1_000_000)), undefined);
  });
});
