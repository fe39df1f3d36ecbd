import assert from "node:assert/strict";
import { createSign, createVerify } from "node:crypto";
import { suite, test } from "node:test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { samlIdentityProvider } from "../../test/saml-responses.ts";
import { type OutgoingRedirect, readRedirect, redirectUrl } from "./redirect-binding.ts";
import { SamlError } from "./saml-error.ts";

const idp = await samlIdentityProvider();
const other = await samlIdentityProvider();
const trust = { certificates: [other.certificate, idp.certificate], sha1: false };
const rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

function signer(hash: string, by = idp) {
  return (bytes: Uint8Array) => createSign(hash).update(bytes).sign(by.pair.privateKey);
}

const outgoing: OutgoingRedirect = {
  location: "https://idp.example.com/sso",
  parameter: "SAMLRequest",
  message: "<a>\u00e4 &amp; +</a>",
  relayState: "a b+c&d=e/\u00e4",
  sign: signer("RSA-SHA256"),
};

async function query(changes: Partial<OutgoingRedirect> = {}): Promise<string> {
  return new URL(await redirectUrl({ ...outgoing, ...changes })).search;
}

function code(text: string, trusted: Parameters<typeof readRedirect>[1] = trust): string {
  try {
    readRedirect(text, trusted);
  } catch (error) {
    if (error instanceof SamlError) return error.code;
    throw error;
  }
  return "believed";
}

suite("the redirect binding", () => {
  test("deflates, encodes and signs what is sent, as others verify it", async () => {
    const url = new URL(await redirectUrl(outgoing));
    assert.equal(url.origin + url.pathname, "https://idp.example.com/sso");
    assert.deepEqual([...url.searchParams.keys()], ["SAMLRequest", "RelayState", "SigAlg", "Signature"]);
    const message = Buffer.from(url.searchParams.get("SAMLRequest") ?? "", "base64");
    assert.equal(inflateRawSync(message).toString(), outgoing.message);
    assert.equal(url.searchParams.get("RelayState"), outgoing.relayState);
    assert.equal(url.searchParams.get("SigAlg"), rsaSha256);
    const signed = url.search.slice(1, url.search.indexOf("&Signature="));
    const signature = Buffer.from(url.searchParams.get("Signature") ?? "", "base64");
    assert.ok(createVerify("RSA-SHA256").update(signed).verify(idp.certificate, signature));
  });

  test("goes unsigned and without a state where it is told to", async () => {
    const url = new URL(await redirectUrl({ ...outgoing, relayState: undefined, sign: undefined }));
    assert.deepEqual([...url.searchParams.keys()], ["SAMLRequest"]);
  });

  test("leaves what the location has in its query, and puts nothing behind a fragment", async () => {
    for (const [location, start] of [
      ["https://idp.example.com/sso?tenant=1", "https://idp.example.com/sso?tenant=1&SAMLRequest="],
      ["https://idp.example.com/sso?", "https://idp.example.com/sso?SAMLRequest="],
      ["https://idp.example.com/sso?a&", "https://idp.example.com/sso?a&SAMLRequest="],
      ["https://idp.example.com/sso#here", "https://idp.example.com/sso?SAMLRequest="],
    ] as const) {
      const url = await redirectUrl({ ...outgoing, location });
      assert.ok(url.startsWith(start), url);
      assert.equal(code(new URL(url).search), "believed");
    }
  });

  test("reads what a trusted key has signed", async () => {
    assert.deepEqual(
      (({ parameter, text, relayState }) => ({ parameter, text, relayState }))(readRedirect(await query(), trust)),
      { parameter: "SAMLRequest", text: outgoing.message, relayState: outgoing.relayState },
    );
    const response = readRedirect(await query({ parameter: "SAMLResponse", relayState: undefined }), trust);
    assert.equal(response.parameter, "SAMLResponse");
    assert.equal(response.relayState, undefined);
    assert.equal(readRedirect(await query({ relayState: "" }), trust).relayState, "");
  });

  test("verifies the octets as they were sent, however they were encoded, in whatever order", async () => {
    const message = deflateRawSync("<a/>").toString("base64");
    // Lower-case escapes, as .NET makes them, and a blank as a plus sign.
    const lower = encodeURIComponent(message).replaceAll(/%../g, (escaped) => escaped.toLowerCase());
    const state = "RelayState=a+b";
    const signed = `SAMLRequest=${lower}&${state}&SigAlg=${encodeURIComponent(rsaSha256)}`;
    const signature = `Signature=${encodeURIComponent(signer("RSA-SHA256")(Buffer.from(signed)).toString("base64"))}`;
    assert.equal(readRedirect(`${signed}&${signature}`, trust).relayState, "a b");
    const [first, second, third] = signed.split("&");
    assert.equal(code(`${signature}&x=y&${third}&${second}&${first}`), "believed");
    assert.equal(code(`${signed.replace("a+b", "a%20b")}&${signature}`), "signature");
  });

  test("refuses what is changed, unsigned, or signed by nobody trusted", async () => {
    const sent = await query();
    assert.equal(code(await query({ sign: undefined })), "unsigned");
    assert.equal(code(sent, { ...trust, certificates: [other.certificate] }), "signature");
    assert.equal(code(sent, { ...trust, certificates: [] }), "signature");
    assert.equal(code(sent.replace("&RelayState=", "&RelayState=x")), "signature");
    assert.equal(code(sent.replace(/&RelayState=[^&]*/, "")), "signature");
    assert.equal(code(sent.replace("SAMLRequest=", "SAMLResponse=")), "signature");
    assert.equal(code(sent.replace(/&Signature=[^&]*/, "")), "malformed");
    assert.equal(code(sent.replace(/&SigAlg=[^&]*/, "")), "malformed");
    assert.equal(code(sent.replace(/&Signature=[^&]*/, "&Signature=AAAA")), "signature");
    assert.equal(code(sent.replace(/&Signature=[^&]*/, "&Signature=")), "malformed");
  });

  test("refuses other algorithms; SHA-1 is for those who allow it", async () => {
    const by = async (uri: string, hash: string) => {
      const signed = `${(await query({ sign: undefined })).slice(1)}&SigAlg=${encodeURIComponent(uri)}`;
      return `${signed}&Signature=${encodeURIComponent(signer(hash)(Buffer.from(signed)).toString("base64"))}`;
    };
    const sha1 = await by("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "RSA-SHA1");
    assert.equal(code(sha1), "signature");
    assert.equal(code(sha1, { ...trust, sha1: true }), "believed");
    assert.equal(code(await by("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "RSA-SHA512")), "believed");
    assert.equal(code(await by("http://www.w3.org/2001/04/xmldsig-more#rsa-md5", "RSA-MD5")), "signature");
    assert.equal(code(await by("http://www.w3.org/2000/09/xmldsig#hmac-sha1", "RSA-SHA1")), "signature");
    assert.equal(code(await by("", "RSA-SHA256")), "signature");
  });

  test("refuses a parameter given twice, both messages and none", async () => {
    const sent = await query();
    for (const name of ["SAMLRequest", "RelayState", "SigAlg", "Signature"]) {
      assert.equal(code(`${sent}&${name}=AAAA`), "malformed", name);
    }
    assert.equal(code(`${sent}&SAMLResponse=AAAA`), "malformed");
    assert.equal(code("?RelayState=x"), "malformed");
    assert.equal(code(`${sent}&SAMLEncoding=other`), "malformed");
    assert.equal(
      code(`${sent}&SAMLEncoding=urn%3Aoasis%3Anames%3Atc%3ASAML%3A2.0%3Abindings%3AURL-Encoding%3ADEFLATE`),
      "believed",
    );
  });

  test("refuses what is not deflated, inflates to too much, or is no text", () => {
    const message = (bytes: Uint8Array) => `SAMLRequest=${encodeURIComponent(Buffer.from(bytes).toString("base64"))}`;
    assert.equal(code(message(deflateRawSync("a".repeat(100_000)))), "unsigned");
    assert.equal(code(message(deflateRawSync("a".repeat(100_001)))), "malformed");
    assert.equal(code(message(deflateRawSync(Buffer.alloc(50_000_000)))), "malformed");
    assert.equal(code(message(deflateRawSync("abc").subarray(0, 3))), "malformed");
    assert.equal(code(message(Buffer.from("<a/>"))), "malformed");
    assert.equal(code(message(deflateRawSync(Buffer.from([0xff])))), "malformed");
    assert.equal(code("SAMLRequest=%"), "malformed");
    assert.equal(code("SAMLRequest=!"), "malformed");
    assert.equal(code("SAMLRequest="), "malformed");
  });
});
