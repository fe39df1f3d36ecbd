import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type SigningChoices, samlIdentityProvider, sign } from "../../test/saml-responses.ts";
import { verifiedText } from "./signature.ts";
import { attributeOf, descendants, requiredChild } from "./xml.ts";
import { parseXml } from "./xml-parser.ts";

const idp = await samlIdentityProvider();
const trust = { certificates: [idp.certificate], sha1: false };

/** Marsaglia's xorshift: the same documents each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const prefixes = ["", "p:", "q:", "xs:"];
const uris = ["urn:1", "urn:2", "http://www.w3.org/2001/XMLSchema"];
const values = ["", "x", "a &amp; b", "&lt;", "&quot;'", "&#9;&#10;&#13;", " y ", "\u00e4\u{1f600}", "1\n2"];
const texts = [...values, ">", "<!-- c -->", "<![CDATA[<&]]>", "\n  "];

/** An element of any names, namespaces and texts, with all prefixes declared around it. */
function anyElement(next: (below: number) => number, depth: number): string {
  const pick = <T extends string>(list: readonly T[]) => list[next(list.length)] ?? "";
  const name = `${pick(prefixes)}e${next(3)}`;
  const attributes = new Map<string, string>();
  if (next(3) === 0) attributes.set("xmlns", pick(["", ...uris]));
  if (next(3) === 0) attributes.set(`xmlns:${pick(["p", "q", "xs"])}`, pick(uris));
  for (let count = next(4); count > 0; count--) attributes.set(`${pick(["", "xml:"])}a${next(9)}`, pick(values));
  if (next(3) === 0) attributes.set(`${pick(["p:", "q:", "xs:"])}b`, pick(values));
  const written = [...attributes].map(([key, value]) => ` ${key}="${value}"`).join("");
  let inside = "";
  for (let count = next(4); count > 0; count--)
    inside += depth === 0 ? pick(texts) : anyElement(next, depth - 1) + pick(texts);
  return `<${name}${written}>${inside}</${name}>`;
}

suite("a signature", () => {
  const inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
  const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
  for (const [what, choices] of [
    ["exclusive", {}],
    ["inclusive", { canonicalizationAlgorithm: inclusive, transforms: [enveloped, inclusive] }],
  ] as const satisfies readonly (readonly [string, SigningChoices])[]) {
    test(`that xml-crypto made is right here, whatever is signed: ${what}`, () => {
      for (let seed = 1; seed <= 80; seed++) {
        const next = numbers(seed);
        const declared = `xmlns="urn:0" xmlns:p="urn:1" xmlns:q="urn:2" xmlns:xs="urn:3"`;
        const inner = `<saml:Assertion xmlns:saml="urn:saml" ID="_1"><saml:Issuer>i</saml:Issuer>${anyElement(next, 3)}</saml:Assertion>`;
        const xml = `<a ${declared}><b p:c="1">${inner}</b></a>`;
        const root = parseXml(sign(xml, "_1", idp, choices));
        const signed = descendants(root).find((element) => attributeOf(element, "ID") === "_1") ?? assert.fail();
        const text = verifiedText(signed, requiredChild(signed, "signature", "Signature"), trust);
        assert.equal(parseXml(text).localName, "Assertion", xml);
      }
    });
  }

  test("may name prefixes that are to be inherited", () => {
    const xml = `<a xmlns="urn:0" xmlns:xs="urn:xs" xmlns:q="urn:q"><saml:Assertion xmlns:saml="urn:saml" ID="_1"><saml:Issuer>xs:i</saml:Issuer></saml:Assertion></a>`;
    const root = parseXml(sign(xml, "_1", idp, { inclusiveNamespaces: ["xs"] }));
    const signed = descendants(root).find((element) => attributeOf(element, "ID") === "_1") ?? assert.fail();
    const signature = requiredChild(signed, "signature", "Signature");
    assert.equal(
      verifiedText(signed, signature, trust),
      `<saml:Assertion xmlns:saml="urn:saml" xmlns:xs="urn:xs" ID="_1"><saml:Issuer>xs:i</saml:Issuer></saml:Assertion>`,
    );
  });
});
