import assert from "node:assert/strict";
import { createCipheriv, publicEncrypt } from "node:crypto";
import { suite, test } from "node:test";
import { startOfTest } from "../../test/harness.ts";
import {
  assertionXml,
  awsAudience,
  encode,
  encryptedAssertion,
  type ResponseParts,
  responseXml,
  samlIdentityProvider,
  sign,
  signedResponse,
} from "../../test/saml-responses.ts";
import { type Expectations, verifyResponse } from "./response.ts";
import { SamlError } from "./saml-error.ts";

const minute = 60_000;
const idp = await samlIdentityProvider();
const other = await samlIdentityProvider("https://other.example.com/saml");
const ours = await samlIdentityProvider("https://sp.example.com");

const expected: Expectations = {
  issuers: [idp.entityId],
  certificates: [idp.certificate],
  sha1: false,
  signed: "assertion",
  privateKeys: [],
  encryption: "allowed",
  isAudience: (audience) => audience === awsAudience,
  isRecipient: (location) => location === awsAudience,
  inResponseTo: undefined,
  fourByteUtf8: true,
  now: startOfTest,
  clockSkew: 5 * minute,
};

function code(base64: string, changes: Partial<Expectations> = {}): string {
  try {
    verifyResponse(base64, { ...expected, ...changes });
  } catch (error) {
    if (error instanceof SamlError) return error.code;
    throw error;
  }
  return "believed";
}

suite("a response", () => {
  const parts: ResponseParts = {
    attributes: { "https://example.com/groups": ["a", "b & c"], mail: "ann@example.com" },
    sessionUntil: 60 * minute,
  };

  test("of which the assertion is signed is believed, and says what it says", () => {
    assert.deepEqual(verifyResponse(signedResponse(idp, parts), expected), {
      id: "_assertion",
      issuer: idp.entityId,
      issuedAt: startOfTest,
      subject: { nameId: "ann@example.com", format: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" },
      recipient: awsAudience,
      notOnOrAfter: startOfTest + 5 * minute,
      sessionNotOnOrAfter: startOfTest + 60 * minute,
      sessionIndex: undefined,
      attributes: new Map([
        ["https://example.com/groups", ["a", "b & c"]],
        ["mail", ["ann@example.com"]],
      ]),
    });
  });

  test("signed as a whole alone is believed where that is enough", () => {
    const whole = encode(sign(responseXml(idp, assertionXml(idp)), "_response", idp));
    assert.equal(code(whole), "unsigned");
    assert.equal(verifyResponse(whole, { ...expected, signed: "either" }).subject.nameId, "ann@example.com");
  });

  test("signed twice is believed where both signatures are right", () => {
    const both = (signer = idp) => {
      const inner = sign(assertionXml(idp), "_assertion", idp);
      return encode(sign(responseXml(idp, inner), "_response", signer));
    };
    assert.equal(code(both()), "believed");
    assert.equal(code(both(other)), "signature");
  });

  test("is believed with each algorithm that is allowed, and with no other", () => {
    const digest = (name: string) => `http://www.w3.org/2001/04/xmlenc#${name}`;
    const more = "http://www.w3.org/2001/04/xmldsig-more#";
    for (const choices of [
      { signatureAlgorithm: `${more}rsa-sha512`, digestAlgorithm: digest("sha512") },
      { signatureAlgorithm: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1" },
    ]) {
      assert.equal(code(signedResponse(idp, {}, choices)), "believed", JSON.stringify(choices));
    }
    const c14n = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    const whole = { canonicalizationAlgorithm: c14n, transforms: [enveloped, c14n] };
    assert.equal(
      code(encode(sign(responseXml(idp, assertionXml(idp)), "_response", idp, whole)), { signed: "either" }),
      "believed",
    );
    for (const choices of [
      { signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" },
      { digestAlgorithm: "http://www.w3.org/2000/09/xmldsig#sha1" },
      { transforms: [enveloped, `${c14n}#WithComments`] },
      { canonicalizationAlgorithm: "http://www.w3.org/2001/10/xml-exc-c14n#WithComments" },
    ]) {
      assert.equal(code(signedResponse(idp, {}, choices)), "signature", JSON.stringify(choices));
    }
    assert.equal(code(signedResponse(idp, {}, { transforms: [enveloped] })), "signature");
  });

  test("is believed with the second of two certificates, and not with the certificate that it brings itself", () => {
    assert.equal(code(signedResponse(idp), { certificates: [other.certificate, idp.certificate] }), "believed");
    assert.equal(code(signedResponse({ ...other, entityId: idp.entityId })), "signature");
    assert.equal(code(signedResponse(idp), { certificates: [] }), "signature");
  });

  test("that is changed after it was signed is not believed", () => {
    const xml = Buffer.from(signedResponse(idp), "base64").toString();
    assert.equal(code(encode(xml.replace("ann@example.com", "bob@example.com"))), "signature");
    assert.equal(code(encode(xml.replace(/<ds:SignatureValue>.{8}/, "<ds:SignatureValue>AAAAAAAA"))), "signature");
    assert.equal(code(encode(xml.replace(/<ds:Signature .*<\/ds:Signature>/, ""))), "unsigned");
  });

  for (const [what, changed, refusal] of [
    ["another issuer", { issuer: other.entityId }, "issuer"],
    ["another audience", { audience: "https://sp.example.com" }, "audience"],
    ["no audience", { audience: null }, "audience"],
    ["another recipient", { recipient: "https://sp.example.com/acs" }, "recipient"],
    ["no recipient", { recipient: null }, "malformed"],
    ["no Conditions", { conditions: null }, "malformed"],
    ["a condition of an unknown kind", { conditions: "<x:Weather xmlns:x='urn:x'/>" }, "malformed"],
    ["no AuthnStatement", { authnStatement: null }, "malformed"],
    ["an end of its confirmation in the past", { confirmedUntil: -1 }, "expired"],
    ["an end of its confirmation that is now", { confirmedUntil: 0 }, "expired"],
    ["no end of its confirmation", { confirmedUntil: null }, "malformed"],
    ["an end of its conditions in the past", { notOnOrAfter: -1 }, "expired"],
    ["a session that has ended", { sessionUntil: -1 }, "expired"],
    ["a beginning too far ahead", { notBefore: 5 * minute + 1, notOnOrAfter: 9 * minute }, "early"],
    ["an instant of issue too far ahead", { issuedAt: 5 * minute + 1 }, "early"],
    ["a beginning within the clocks' difference", { notBefore: 5 * minute, notOnOrAfter: 9 * minute }, "believed"],
    ["no end of its conditions", { notOnOrAfter: null }, "believed"],
    ["a failure", { status: "urn:oasis:names:tc:SAML:2.0:status:Responder" }, "status"],
    [
      "no confirmation by bearer",
      { confirmation: '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"/>' },
      "malformed",
    ],
  ] as const satisfies readonly (readonly [string, ResponseParts, string])[]) {
    test(`with ${what}: ${refusal}`, () => {
      assert.equal(code(signedResponse(idp, changed)), refusal);
    });
  }

  test("answers the request that was made, where one was", () => {
    const answer = signedResponse(idp, { inResponseTo: "_request" });
    assert.equal(code(answer, { inResponseTo: "_request" }), "believed");
    assert.equal(code(answer, { inResponseTo: "_another" }), "request");
    assert.equal(code(signedResponse(idp), { inResponseTo: "_request" }), "request");
    assert.equal(code(answer), "believed");
  });

  test("that is none is refused", () => {
    for (const text of ["", "!", "AAA", encode("text"), encode("<a/>"), encode("<a><b></a>"), "A".repeat(100_001)]) {
      assert.equal(code(text), "malformed", text.slice(0, 20));
    }
    assert.equal(code(Buffer.from([0x3c, 0xff, 0x3e]).toString("base64")), "malformed");
    assert.equal(code(encode(assertionXml(idp))), "malformed");
  });
});

suite("an encrypted assertion", () => {
  const assertion = sign(assertionXml(idp), "_assertion", idp);
  const privateKeys = [other.pair.privateKey, ours.pair.privateKey];
  const response = (encrypted: string) => encode(responseXml(idp, encrypted));

  for (const choices of [
    {},
    { encryptionAlgorithm: "http://www.w3.org/2009/xmlenc11#aes128-gcm", keyEncryptionDigest: "sha256" },
    { encryptionAlgorithm: "http://www.w3.org/2001/04/xmlenc#aes256-cbc" },
    { encryptionAlgorithm: "http://www.w3.org/2001/04/xmlenc#aes128-cbc" },
    { keyEncryptionAlgorithm: "http://www.w3.org/2009/xmlenc11#rsa-oaep", keyEncryptionDigest: "sha256" },
    { keyEncryptionAlgorithm: "http://www.w3.org/2009/xmlenc11#rsa-oaep", keyEncryptionDigest: "sha512" },
  ]) {
    test(`opens with one of our keys: ${JSON.stringify(choices)}`, async () => {
      const sent = response(await encryptedAssertion(assertion, ours.certificate, choices));
      const { subject } = verifyResponse(sent, { ...expected, privateKeys, encryption: "required" });
      assert.equal(subject.nameId, "ann@example.com");
      assert.equal(code(sent, { privateKeys: [] }), "signature");
    });
  }

  for (const [cipher, uri] of [
    ["aes-192-cbc", "http://www.w3.org/2001/04/xmlenc#aes192-cbc"],
    ["aes-192-gcm", "http://www.w3.org/2009/xmlenc11#aes192-gcm"],
  ] as const) {
    test(`opens in ${cipher}, with its key beside it, masked by SHA-256`, () => {
      const key = Buffer.alloc(24, 7);
      const seal = () => {
        if (cipher === "aes-192-cbc") {
          const sealing = createCipheriv(cipher, key, Buffer.alloc(16, 1));
          return [Buffer.alloc(16, 1), sealing.update(assertion), sealing.final()];
        }
        const sealing = createCipheriv(cipher, key, Buffer.alloc(12, 1));
        return [Buffer.alloc(12, 1), sealing.update(assertion), sealing.final(), sealing.getAuthTag()];
      };
      const sealedKey = publicEncrypt({ key: ours.pair.publicKey, oaepHash: "sha256" }, key);
      const data = (bytes: Buffer) => `<CipherData><CipherValue>${bytes.toString("base64")}</CipherValue></CipherData>`;
      const xml = `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="${uri}"/>${data(Buffer.concat(seal()))}</EncryptedData><EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#rsa-oaep"><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><MGF xmlns="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#mgf1sha256"/></EncryptionMethod>${data(sealedKey)}</EncryptedKey></saml:EncryptedAssertion>`;
      assert.equal(code(response(xml), { privateKeys }), "believed");
      assert.equal(code(response(xml.replace("mgf1sha256", "mgf1sha512")), { privateKeys }), "signature");
      assert.equal(code(response(xml.replace("mgf1sha256", "mgf1md5")), { privateKeys }), "malformed");
    });
  }

  test("is asked for where it is required", () => {
    assert.equal(code(response(assertion), { privateKeys, encryption: "required" }), "unencrypted");
  });

  test("is refused with padding that can be asked about, and with Triple DES", async () => {
    for (const choices of [
      { keyEncryptionAlgorithm: "http://www.w3.org/2001/04/xmlenc#rsa-1_5" },
      { encryptionAlgorithm: "http://www.w3.org/2001/04/xmlenc#tripledes-cbc" },
    ]) {
      const sent = response(await encryptedAssertion(assertion, ours.certificate, choices));
      assert.equal(code(sent, { privateKeys }), "malformed", JSON.stringify(choices));
    }
  });

  test("whatever is wrong inside, the refusal is the same", async () => {
    const refusals = new Set<string>();
    const cbc = { encryptionAlgorithm: "http://www.w3.org/2001/04/xmlenc#aes256-cbc" };
    for (const inside of [
      "no XML at all",
      "<a/>",
      assertionXml(idp),
      sign(assertionXml(idp), "_assertion", other),
      assertionXml(idp).replace("<saml:Subject>", `<saml:Subject>${assertion}`),
      responseXml(idp, assertion),
    ]) {
      const sent = response(await encryptedAssertion(inside, ours.certificate, cbc));
      refusals.add(code(sent, { privateKeys }));
      // The last block of the content's ciphertext, which holds the padding.
      const xml = Buffer.from(sent, "base64").toString();
      const end = xml.lastIndexOf("</", xml.lastIndexOf("CipherValue>"));
      const changed = `${xml.slice(0, end - 24)}${"A".repeat(20)}${xml.slice(end - 4)}`;
      assert.notEqual(changed, xml);
      refusals.add(code(encode(changed), { privateKeys }));
    }
    assert.deepEqual([...refusals], ["signature"]);
  });

  test("in a signed response is believed by that signature where it is enough", async () => {
    const plain = await encryptedAssertion(assertionXml(idp), ours.certificate);
    const sent = encode(sign(responseXml(idp, plain), "_response", idp));
    assert.equal(code(sent, { privateKeys, signed: "either" }), "believed");
    assert.equal(code(sent, { privateKeys }), "signature");
  });
});
