import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { startOfTest } from "../../test/harness.ts";
import { type HostileCases, hostileXml } from "../../test/saml-hostile.ts";
import { awsAudience, encode } from "../../test/saml-responses.ts";
import { type Expectations, verifyResponse } from "./response.ts";
import { SamlError } from "./saml-error.ts";

const { parties, cases } = JSON.parse(
  readFileSync(new URL("../../test/vectors/saml/hostile.json", import.meta.url), "utf8"),
) as HostileCases; // vectors/saml/generate.ts wrote it

const strict: Expectations = {
  issuers: ["https://idp.example.com/saml"],
  certificates: [parties.idp.certificate],
  sha1: false,
  signed: "assertion",
  privateKeys: [createPrivateKey(parties.ours.privateKey)],
  encryption: "allowed",
  isAudience: (audience) => audience === awsAudience,
  isRecipient: (location) => location === awsAudience,
  inResponseTo: undefined,
  fourByteUtf8: true,
  now: startOfTest,
  clockSkew: 300_000,
};

suite("hostile responses, as data", () => {
  for (const hostile of cases) {
    test(`${hostile.name}: ${hostile.expected}`, () => {
      const expected = { ...strict, ...hostile.settings };
      const sent = encode(hostileXml(hostile));
      if (hostile.expected === "believed") {
        assert.equal(verifyResponse(sent, expected).subject.nameId, hostile.nameId);
        return;
      }
      // What is no signed assertion must not pass for a signed response either.
      const both = hostile.settings?.signed === undefined ? (["assertion", "either"] as const) : [expected.signed];
      for (const signed of both) {
        assert.throws(
          () => verifyResponse(sent, { ...expected, signed }),
          (error: unknown) => error instanceof SamlError && error.code === hostile.expected,
          signed,
        );
      }
    });
  }
});
