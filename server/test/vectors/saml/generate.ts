/**
 * Writes hostile.json: responses that must be refused, most of them correctly signed by the very provider that is trusted,
 * and a few odd ones that must be believed. Run it after a change of this file: `node server/test/vectors/saml/generate.ts`.
 * The keys are of tests alone; they are kept from one run to the next, so that a diff shows what changed.
 */
import { createHmac, createPrivateKey, createPublicKey, createSign, type KeyObject, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { canonicalText } from "../../../src/saml/canonical-xml.ts";
import { descendants } from "../../../src/saml/xml.ts";
import { parseXml } from "../../../src/saml/xml-parser.ts";
import {
  assertionXml,
  encryptedAssertion,
  type EncryptionChoices,
  privateKeyPem,
  type ResponseParts,
  responseXml,
  type SamlIdentityProvider,
  type SigningChoices,
  samlIdentityProvider,
  sign,
} from "../../saml-responses.ts";
import type { HostileCase, HostileCases, HostileParty } from "../../saml-hostile.ts";

const file = new URL("hostile.json", import.meta.url);
const parties = await readParties();
const idp = provider(parties.idp, "https://idp.example.com/saml");
const foreign = provider(parties.foreign, "https://foreign.example.com/saml");
const ours = provider(parties.ours, "https://sp.example.com");

async function readParties(): Promise<HostileCases["parties"]> {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as HostileCases).parties;
  } catch {
    const made = async (): Promise<HostileParty> => {
      const { certificate, pair } = await samlIdentityProvider();
      return { certificate, privateKey: privateKeyPem(pair.privateKey) };
    };
    return { idp: await made(), foreign: await made(), ours: await made() };
  }
}

function provider({ certificate, privateKey }: HostileParty, entityId: string): SamlIdentityProvider {
  const key = createPrivateKey(privateKey);
  return { entityId, certificate, pair: { privateKey: key, publicKey: createPublicKey(key) } };
}

const cases: HostileCase[] = [];

function add(group: string, name: string, expected: HostileCase["expected"], xml: string, more: Partial<HostileCase> = {}) {
  cases.push({ name: `${group}: ${name}`, expected, xml, ...more });
}

/** With its assertion signed. */
function signed(parts: ResponseParts = {}, choices: SigningChoices = {}, by = idp): string {
  return responseXml(idp, sign(assertionXml(idp, parts), "_assertion", by, choices), parts);
}

type Maker = (bytes: string) => string;

const rsaSha256: Maker = (bytes) => createSign("RSA-SHA256").update(bytes).sign(idp.pair.privateKey, "base64");

/** The signature's SignedInfo as `edit` leaves it, and a value that is right for that. */
function resigned(xml: string, edit: (signedInfo: string) => string, make: Maker = rsaSha256): string {
  const edited = xml.replace(/<ds:SignedInfo>.*<\/ds:SignedInfo>/, (info) => edit(info));
  const signedInfo = descendants(parseXml(edited)).find(({ localName }) => localName === "SignedInfo");
  if (signedInfo === undefined) throw new Error("there is no SignedInfo");
  const bytes = canonicalText(signedInfo, { method: "exclusive", inclusivePrefixes: new Set() });
  return edited.replace(/(<ds:SignatureValue>)[^<]*/, `$1${make(bytes)}`);
}

const signature = /<ds:Signature .*<\/ds:Signature>/;
const evil = assertionXml(idp, { id: "_evil", nameId: "root@example.com" });
const signedAssertion = sign(assertionXml(idp), "_assertion", idp);
const itsSignature = signature.exec(signedAssertion)?.[0] ?? "";
const withoutSignature = signedAssertion.replace(signature, "");
const signedWhole = sign(responseXml(idp, assertionXml(idp)), "_response", idp);
const wholeSignature = signature.exec(signedWhole)?.[0] ?? "";
const wholeWithout = signedWhole.replace(signature, "");
const evilWhole = responseXml(idp, evil).replace('ID="_response"', 'ID="_evilResponse"');

function intoObject(text: string, inside: string): string {
  return text.replace("</ds:Signature>", `<ds:Object>${inside}</ds:Object></ds:Signature>`);
}

function behindIssuer(text: string, added: string): string {
  return text.replace("</saml:Issuer>", `</saml:Issuer>${added}`);
}

/** Somorovsky et al., "On Breaking SAML", 2012, by the numbers that tools give the eight. */
const wrapping: Readonly<Record<string, string>> = {
  "XSW1, the signed response in its signature, in a forged response": behindIssuer(
    evilWhole,
    wholeSignature.replace("</ds:Signature>", `${wholeWithout}</ds:Signature>`),
  ),
  "XSW2, the signed response before its signature, in a forged response": behindIssuer(
    evilWhole,
    wholeWithout + wholeSignature,
  ),
  "XSW3, a forged assertion before the signed one": responseXml(idp, evil + signedAssertion),
  "XSW4, the signed assertion in a forged one": responseXml(
    idp,
    evil.replace("</saml:Assertion>", `${signedAssertion}</saml:Assertion>`),
  ),
  "XSW5, the signature in a forged assertion, the signed one at the end": responseXml(
    idp,
    behindIssuer(evil, itsSignature) + withoutSignature,
  ),
  "XSW6, the signed assertion in its signature, in a forged one": responseXml(
    idp,
    behindIssuer(evil, itsSignature.replace("</ds:Signature>", `${withoutSignature}</ds:Signature>`)),
  ),
  "XSW7, a forged assertion in Extensions": responseXml(
    idp,
    `<samlp:Extensions>${evil}</samlp:Extensions>${signedAssertion}`,
  ),
  "XSW8, the signed assertion in an Object of its signature": responseXml(
    idp,
    behindIssuer(evil, intoObject(itsSignature, withoutSignature)),
  ),
  "a forged assertion of the same id": responseXml(idp, evil.replace("_evil", "_assertion") + signedAssertion),
  "a forged assertion in place of the signed one": responseXml(idp, behindIssuer(evil, itsSignature)),
  "the signature in the Subject": responseXml(
    idp,
    withoutSignature.replace("<saml:Subject>", `<saml:Subject>${itsSignature}`),
  ),
  "a forged assertion in the Status": responseXml(idp, signedAssertion).replace(
    "</samlp:Status>",
    `<samlp:StatusDetail>${evil}</samlp:StatusDetail></samlp:Status>`,
  ),
  "an encrypted assertion beside the signed one": responseXml(
    idp,
    `${await encryptedAssertion(evil, ours.certificate)}${signedAssertion}`,
  ),
  "an assertion of another namespace beside the signed one": responseXml(
    idp,
    `<Assertion xmlns="urn:other">${evil}</Assertion>${signedAssertion}`,
  ),
};
for (const [name, xml] of Object.entries(wrapping)) add("wrapping", name, "malformed", xml);
add(
  "wrapping",
  "a signed response of which the assertion was replaced",
  "signature",
  signedWhole.replace(/<saml:Assertion .*<\/saml:Assertion>/, evil),
  { settings: { signed: "either" } },
);
add("wrapping", "an element by the id of the assertion, in other letters", "malformed", signed().replace("<samlp:Status>", '<samlp:Status Id="_assertion">'));
add("wrapping", "an xml:id like the assertion's", "malformed", signed().replace("<samlp:Status>", '<samlp:Status xml:id="_assertion">'));

/* A comment must not end a text for one reader and not for the other (CVE-2017-11427 and its kin). */
const name = "ann@example.com.evil.test";
const named = signed({ nameId: name });
for (const [what, cut] of [
  ["a comment", "ann@example.com<!---->.evil.test"],
  ["a comment with text", "ann@example.com<!-- x -->.evil.test"],
  ["a CDATA section", "ann@example.com<![CDATA[.evil.test]]>"],
] as const) {
  add("text", `${what} in the NameID hides nothing of it`, "believed", named.replace(name, cut), { nameId: name });
}
add("text", "a processing instruction in the NameID", "malformed", named.replace(name, "ann@example.com<?x?>.evil.test"));
add("text", "an element in the NameID", "signature", named.replace(name, "ann@example.com<x/>.evil.test"));
add("text", "a comment in the Audience", "believed", signed().replace(">https://signin.aws", ">https://<!-- -->signin.aws"), {
  nameId: "ann@example.com",
});
add("text", "a comment in the DigestValue", "malformed", signed().replace("<ds:DigestValue>", "<ds:DigestValue><!--AAAA-->"));
add("text", "a comment in the SignatureValue", "malformed", signed().replace("<ds:SignatureValue>", "<ds:SignatureValue><!--AAAA-->"));
add("text", "a character of four bytes, written out", "malformed", signed({ nameId: "ann\u{1f600}@example.com" }), {
  settings: { fourByteUtf8: false },
});
add("text", "a character of four bytes, as a reference", "malformed", signed({ nameId: "ann&#x1F600;@example.com" }), {
  settings: { fourByteUtf8: false },
});
add("text", "a character of four bytes in an attribute", "malformed", signed({ attributes: { mail: "\u{10348}" } }), {
  settings: { fourByteUtf8: false },
});
add("text", "a character of four bytes where it is allowed", "believed", signed({ nameId: "ann\u{1f600}" }), {
  nameId: "ann\u{1f600}",
});

for (const [what, xml] of Object.entries({
  "a document type": `<!DOCTYPE a>${signed()}`,
  "an external document type": `<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd">${signed()}`,
  "an external entity": `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${signed().replace("ann@example.com", "&x;")}`,
  "a parameter entity": `<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]>${signed()}`,
  "entities that multiply": `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${"bcdefghij"
    .split("")
    .map((to, index) => `<!ENTITY ${to} "${`&${"abcdefghi"[index]};`.repeat(10)}">`)
    .join("")}]>${signed().replace("ann@example.com", "&j;")}`,
  "an attribute with a default from a document type": `<!DOCTYPE samlp:Response [<!ATTLIST samlp:Response ID CDATA "_x">]>${signed()}`,
  "an entity that nobody declared": signed().replace("ann@example.com", "&secret;"),
  "a document type within": signed().replace("<saml:Subject>", "<!DOCTYPE a><saml:Subject>"),
  "a stylesheet": `<?xml-stylesheet href="x"?>${signed()}`,
  "a reference to a character that XML does not have": signed().replace("ann@", "ann&#0;@"),
  "a prefix that nobody declared": signed().replace("<saml:Subject>", "<x:y/><saml:Subject>"),
  "an attribute given twice": signed().replace("<saml:Subject>", '<saml:Subject a="1" a="2">'),
  "an attribute given twice by two prefixes": signed().replace(
    "<saml:Subject>",
    '<saml:Subject xmlns:p="urn:x" xmlns:q="urn:x" p:a="1" q:a="2">',
  ),
  "a second document behind": `${signed()}${signed()}`,
  "text behind": `${signed()}x`,
})) {
  add("XML", what, "malformed", xml);
}
add("XML", "a declaration and comments around", "believed", `<?xml version="1.0" encoding="UTF-8"?>\n<!-- a -->${signed()}\n<!-- b -->`, {
  nameId: "ann@example.com",
});

const more = "http://www.w3.org/2001/04/xmldsig-more#";
const ds = "http://www.w3.org/2000/09/xmldsig#";
const method = (algorithm: string) => (info: string) =>
  info.replace(/(<ds:SignatureMethod Algorithm=")[^"]*/, `$1${algorithm}`);
const hmac =
  (hash: string, key: string | Buffer): Maker =>
  (bytes) =>
    createHmac(hash, key).update(bytes).digest("base64");
const publicPem = String(idp.pair.publicKey.export({ type: "spki", format: "pem" }));
for (const [what, algorithm, make] of [
  ["HMAC by the certificate", `${more}hmac-sha256`, hmac("sha256", idp.certificate)],
  ["HMAC by the certificate's DER", `${more}hmac-sha256`, hmac("sha256", new X509Certificate(idp.certificate).raw)],
  ["HMAC by the public key", `${more}hmac-sha256`, hmac("sha256", publicPem)],
  ["HMAC with SHA-1 by the public key", `${ds}hmac-sha1`, hmac("sha1", publicPem)],
  ["RSA with MD5", `${more}rsa-md5`, rsa("RSA-MD5", idp.pair.privateKey)],
  ["RSA with RIPEMD-160", `${more}rsa-ripemd160`, rsaSha256],
  ["RSA with SHA-1", `${ds}rsa-sha1`, rsa("RSA-SHA1", idp.pair.privateKey)],
  ["RSA with SHA-1 under the name of SHA-256", `${more}rsa-sha256`, rsa("RSA-SHA1", idp.pair.privateKey)],
  ["no algorithm", "", rsaSha256],
  ["an algorithm called none", `${ds}none`, () => "AA=="],
  ["DSA", `${ds}dsa-sha1`, rsaSha256],
] as const) {
  add("algorithms", what, "signature", resigned(signed(), method(algorithm), make));
}
function rsa(hash: string, key: KeyObject): Maker {
  return (bytes) => createSign(hash).update(bytes).sign(key, "base64");
}
const sha1: SigningChoices = { signatureAlgorithm: `${ds}rsa-sha1`, digestAlgorithm: `${ds}sha1` };
add("algorithms", "SHA-1 throughout, where it is not allowed", "signature", signed({}, sha1));
add("algorithms", "SHA-1 throughout, where it is allowed", "believed", signed({}, sha1), {
  settings: { sha1: true },
  nameId: "ann@example.com",
});
add("algorithms", "a digest by SHA-1", "signature", signed({}, { digestAlgorithm: `${ds}sha1` }));
add(
  "algorithms",
  "RSA with MD5 where SHA-1 is allowed",
  "signature",
  resigned(signed(), method(`${more}rsa-md5`), rsa("RSA-MD5", idp.pair.privateKey)),
  { settings: { sha1: true } },
);
add(
  "algorithms",
  "a parameter of the method",
  "signature",
  resigned(signed(), (info) =>
    info.replace(/(<ds:SignatureMethod [^>]*)\/>/, "$1><ds:HMACOutputLength>0</ds:HMACOutputLength></ds:SignatureMethod>"),
  ),
);

add("signature", "none", "unsigned", signed().replace(signature, ""));
add("signature", "none, where the response's would do", "unsigned", responseXml(idp, evil), {
  settings: { signed: "either" },
});
add("signature", "an empty value", "malformed", signed().replace(/(<ds:SignatureValue>)[^<]*/, "$1"));
add("signature", "a value of zeros", "signature", signed().replace(/(<ds:SignatureValue>)[^<]*/, `$1${"A".repeat(342)}==`));
add("signature", "an empty Signature", "malformed", signed().replace(signature, `<ds:Signature xmlns:ds="${ds}"/>`));
add("signature", "two of them", "malformed", signed().replace(signature, "$&$&"));
add("signature", "of a foreign provider", "signature", signed({}, {}, foreign));
add(
  "signature",
  "of a foreign provider that names itself",
  "signature",
  responseXml(foreign, sign(assertionXml(foreign), "_assertion", foreign)),
);
add(
  "signature",
  "by a foreign key, with the trusted certificate in KeyInfo",
  "signature",
  signed({}, {}, { ...foreign, certificate: idp.certificate }),
);
add(
  "signature",
  "by the trusted key, with a foreign certificate in KeyInfo",
  "believed",
  signed({}, {}, { ...idp, certificate: foreign.certificate }),
  { nameId: "ann@example.com" },
);
add(
  "signature",
  "KeyInfo that is to be fetched",
  "believed",
  signed().replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>|<ds:KeyInfo\/>/, '<ds:KeyInfo><ds:RetrievalMethod URI="http://127.0.0.1/"/></ds:KeyInfo>'),
  { nameId: "ann@example.com" },
);
add("signature", "changed content", "signature", signed().replace("ann@example.com", "bob@example.com"));
add("signature", "a second SignedInfo", "malformed", signed().replace(/<ds:SignedInfo>.*<\/ds:SignedInfo>/, "$&$&"));
add("signature", "an Object", "malformed", intoObject(signed(), "x"));
add(
  "signature",
  "of the response wrong, of the assertion right",
  "signature",
  sign(responseXml(idp, signedAssertion), "_response", foreign),
);

const reference = /<ds:Reference .*<\/ds:Reference>/;
const transform = (algorithm: string, inside = "") => `<ds:Transform Algorithm="${algorithm}">${inside}</ds:Transform>`;
const withTransform = (added: string) => (info: string) => info.replace("<ds:Transforms>", `<ds:Transforms>${added}`);
const asTransforms = (all: string) => (info: string) =>
  info.replace(/<ds:Transforms>.*<\/ds:Transforms>/, `<ds:Transforms>${all}</ds:Transforms>`);
const enveloped = `${ds}enveloped-signature`;
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
for (const [what, expected, edit] of [
  ["two", "malformed", (info) => info.replace(reference, "$&$&")],
  ["two, the second to another element", "malformed", (info) => info.replace(reference, (one) => one + one.replace("#_assertion", "#_response"))],
  ["none", "malformed", (info) => info.replace(reference, "")],
  ["to the whole document", "malformed", (info) => info.replace('URI="#_assertion"', 'URI=""')],
  ["without a URI", "malformed", (info) => info.replace(' URI="#_assertion"', "")],
  ["to the response, in the assertion", "malformed", (info) => info.replace("#_assertion", "#_response")],
  ["by XPointer", "malformed", (info) => info.replace("#_assertion", "#xpointer(id('_assertion'))")],
  ["to a file", "malformed", (info) => info.replace("#_assertion", "file:///etc/passwd")],
  ["to a URL", "malformed", (info) => info.replace("#_assertion", "http://127.0.0.1/#_assertion")],
  ["to a Manifest", "malformed", (info) => info.replace(reference, `<ds:Manifest>$&</ds:Manifest>`)],
  ["with XPath", "malformed", withTransform(transform("http://www.w3.org/TR/1999/REC-xpath-19991116", "<ds:XPath>false()</ds:XPath>"))],
  [
    "with XPath alone",
    "signature",
    asTransforms(
      transform("http://www.w3.org/TR/1999/REC-xpath-19991116", "<ds:XPath>false()</ds:XPath>") + transform(exclusive),
    ),
  ],
  ["with XPath Filter 2", "signature", asTransforms(transform(enveloped) + transform("http://www.w3.org/2002/06/xmldsig-filter2"))],
  ["with XSLT", "signature", asTransforms(transform(enveloped) + transform("http://www.w3.org/TR/1999/REC-xslt-19991116"))],
  ["with base64", "signature", asTransforms(transform(enveloped) + transform(`${ds}base64`))],
  ["with the envelope's transform alone", "signature", asTransforms(transform(enveloped))],
  ["with a canonical form alone", "signature", asTransforms(transform(exclusive))],
  ["with comments kept", "signature", asTransforms(transform(enveloped) + transform(`${exclusive}WithComments`))],
  ["without transforms", "malformed", (info) => info.replace(/<ds:Transforms>.*<\/ds:Transforms>/, "")],
  [
    "with a thousand prefixes",
    "malformed",
    asTransforms(
      transform(enveloped) +
        transform(
          exclusive,
          `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="${"p ".repeat(1000)}"/>`,
        ),
    ),
  ],
] as const satisfies readonly (readonly [string, HostileCase["expected"], (info: string) => string])[]) {
  add("reference", what, expected, resigned(signed(), edit));
}

const minute = 60_000;
for (const [what, expected, parts] of [
  ["an hour old", "expired", { now: Date.UTC(2000, 0, 1) }],
  ["a confirmation that ended this instant", "expired", { confirmedUntil: 0 }],
  ["conditions that ended", "expired", { notOnOrAfter: -1 }],
  ["a session that ended", "expired", { sessionUntil: -1 }],
  ["not valid yet", "early", { notBefore: 6 * minute, notOnOrAfter: 9 * minute }],
  ["issued in the future", "early", { issuedAt: 6 * minute }],
  ["no end", "malformed", { confirmedUntil: null }],
  ["for another audience", "audience", { audience: "https://other.example.com" }],
  ["for no audience", "audience", { audience: null }],
  ["for one of two audiences, both required", "audience", { conditions: `${["https://signin.aws.amazon.com/saml", "urn:other"].map((one) => `<saml:AudienceRestriction><saml:Audience>${one}</saml:Audience></saml:AudienceRestriction>`).join("")}` }],
  ["sent elsewhere", "recipient", { recipient: "https://other.example.com/acs" }],
  ["sent to where this begins", "recipient", { recipient: "https://signin.aws.amazon.com/saml.evil.example.com" }],
  ["sent nowhere", "malformed", { recipient: null }],
  ["by another issuer", "issuer", { issuer: "https://other.example.com" }],
  ["with a condition that is not known", "malformed", { conditions: "<x:Weather xmlns:x='urn:x'/>" }],
  ["a failure", "status", { status: "urn:oasis:names:tc:SAML:2.0:status:Responder" }],
] as const satisfies readonly (readonly [string, HostileCase["expected"], ResponseParts])[]) {
  add("statements", what, expected, signed(parts));
}
const asked = { settings: { inResponseTo: "_request" } } as const;
add("statements", "unsolicited", "request", signed(), asked);
add("statements", "an answer to another request", "request", signed({ inResponseTo: "_other" }), asked);
add(
  "statements",
  "an answer to this request around an assertion for another",
  "request",
  signed({ inResponseTo: "_other" }).replace('InResponseTo="_other"', 'InResponseTo="_request"'),
  asked,
);
add("statements", "an answer where nothing was asked", "request", signed({ inResponseTo: "_request" }), {
  settings: { inResponseTo: null },
});
add("statements", "two confirmations", "malformed", signed({ confirmation: `${confirmation("_a")}${confirmation("_b")}` }));
function confirmation(id: string): string {
  return `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="${id}"/></saml:SubjectConfirmation>`;
}
add(
  "statements",
  "a signed response that was sent elsewhere",
  "recipient",
  sign(responseXml(idp, signedAssertion).replace('ID="_response"', 'ID="_response" Destination="https://other.example.com/"'), "_response", idp),
);

const encrypted = async (inside: string, choices: EncryptionChoices = {}, to = ours) =>
  responseXml(idp, await encryptedAssertion(inside, to.certificate, choices));
const xmlenc = "http://www.w3.org/2001/04/xmlenc#";
const gcm = await encrypted(signedAssertion);
/** The last CipherValue is the assertion's. */
const withContent = (xml: string, change: (bytes: Buffer) => Buffer) =>
  xml.replace(/(.*CipherValue>\s*)([A-Za-z0-9+/=]+)/s, (_all, before: string, text: string) =>
    before + change(Buffer.from(text, "base64")).toString("base64"),
  );
add("encryption", "for our key", "believed", gcm, { settings: { encryption: "required" }, nameId: "ann@example.com" });
add("encryption", "for another key", "signature", await encrypted(signedAssertion, {}, foreign));
add("encryption", "none where it is required", "unencrypted", signed(), { settings: { encryption: "required" } });
add("encryption", "of what nobody signed", "signature", await encrypted(assertionXml(idp)));
add("encryption", "of what nobody signed, where the response's signature would do", "signature", await encrypted(assertionXml(idp)), {
  settings: { signed: "either" },
});
add("encryption", "of what a foreign key signed", "signature", await encrypted(sign(assertionXml(idp), "_assertion", foreign)));
add("encryption", "of no XML", "signature", await encrypted("no XML"));
add("encryption", "of a document type", "signature", await encrypted(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${signedAssertion}`));
add("encryption", "of two assertions", "signature", await encrypted(evil.replace("<saml:Subject>", `${signedAssertion}<saml:Subject>`)));
add("encryption", "a changed tag", "signature", withContent(gcm, (bytes) => flipped(bytes, bytes.length - 1)));
add("encryption", "a shortened tag", "signature", withContent(gcm, (bytes) => bytes.subarray(0, -4)));
add("encryption", "a changed text", "signature", withContent(gcm, (bytes) => flipped(bytes, 40)));
add("encryption", "almost no text", "signature", withContent(gcm, (bytes) => bytes.subarray(0, 5)));
const cbc = await encrypted(signedAssertion, { encryptionAlgorithm: `${xmlenc}aes256-cbc` });
add("encryption", "a changed last block", "signature", withContent(cbc, (bytes) => flipped(bytes, bytes.length - 20)));
add("encryption", "no whole blocks", "signature", withContent(cbc, (bytes) => bytes.subarray(0, -3)));
add("encryption", "a vector alone", "signature", withContent(cbc, (bytes) => bytes.subarray(0, 16)));
add("encryption", "GCM called CBC", "signature", gcm.replace("http://www.w3.org/2009/xmlenc11#aes256-gcm", `${xmlenc}aes256-cbc`));
add("encryption", "a key of another length", "signature", gcm.replace("xmlenc11#aes256-gcm", "xmlenc11#aes128-gcm"));
add("encryption", "RSA with PKCS #1 v1.5", "malformed", await encrypted(signedAssertion, { keyEncryptionAlgorithm: `${xmlenc}rsa-1_5` }));
add("encryption", "Triple DES", "malformed", await encrypted(signedAssertion, { encryptionAlgorithm: `${xmlenc}tripledes-cbc` }));
add("encryption", "no algorithm", "malformed", gcm.replace("http://www.w3.org/2009/xmlenc11#aes256-gcm", ""));
add(
  "encryption",
  "a text that is to be fetched",
  "malformed",
  gcm.replace(/(.*)<(\w+):CipherValue>.*<\/\2:CipherValue>/s, '$1<$2:CipherReference URI="http://127.0.0.1/"/>'),
);
function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

const here = "<saml:Subject>";
for (const [what, text, times, expected] of [
  ["more than 100 000 characters", "x", 100_000, "malformed"],
  ["elements", "<a/>", 17_000, "malformed"],
  ["nesting", "<a>", 20_000, "malformed"],
  ["nesting that is closed", "<a></a>", 10_000, "malformed"],
  ["references", "&amp;", 14_000, "malformed"],
  ["comments", "<!---->", 10_000, "believed"],
  ["CDATA sections", "<![CDATA[x]]>", 5_000, "signature"],
  ["blanks", " ", 68_000, "signature"],
  ["text", "x", 68_000, "signature"],
  ["elements with ids", '<a ID="x"/>', 6_000, "malformed"],
  ["declarations of a namespace", '<a xmlns:b="c"/>', 4_000, "malformed"],
  ["unclosed tags", "<", 60_000, "malformed"],
] as const) {
  const nameId = expected === "believed" ? { nameId: "ann@example.com" } : {};
  add("size", what, expected, signed().replace(here, `@@@${here}`), { repeat: { text, times }, ...nameId });
}
for (const [what, attribute] of [
  ["attributes", (index: number) => `a${index}=""`],
  ["namespaces", (index: number) => `xmlns:a${index}="u"`],
] as const) {
  const many = (count: number) => `<a ${Array.from({ length: count }, (_, index) => attribute(index)).join(" ")}/>`;
  add("size", `an element of a thousand ${what}`, "malformed", signed().replace(here, many(1000) + here));
  add("size", `elements of sixty ${what} each`, "malformed", signed().replace(here, `@@@${here}`), {
    repeat: { text: many(60), times: 90 },
  });
}
add(
  "size",
  "a long namespace that the canonical form repeats",
  "malformed",
  signed()
    .replace("<samlp:Response ", `<samlp:Response xmlns:long="${"x".repeat(30_000)}" `)
    .replace(here, `@@@${here}`),
  { repeat: { text: "<long:a/>", times: 2_500 } },
);
add("size", "Objects in the signature", "malformed", signed().replace("<ds:KeyInfo", "@@@<ds:KeyInfo"), {
  repeat: { text: "<ds:Object/>", times: 2_000 },
});

add(
  "size",
  "a namespace that the canonical form repeats for each of many values, as it should",
  "believed",
  responseXml(
    idp,
    sign(
      responseXml(
        idp,
        assertionXml(idp, { attributes: { groups: Array.from({ length: 850 }, (_, index) => `group ${index}`) } })
          .replaceAll("<saml:AttributeValue>", '<saml:AttributeValue xsi:type="xs:string">'),
      ).replace("<samlp:Response ", '<samlp:Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" '),
      "_assertion",
      idp,
    ).replace(/^.*?(<saml:Assertion)/s, "$1").replace("</samlp:Response>", ""),
  ).replace("<samlp:Response ", '<samlp:Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" '),
  { nameId: "ann@example.com" },
);

writeFileSync(file, `${JSON.stringify({ parties, cases }, null, 1)}\n`);
console.log(`${cases.length} cases`);
