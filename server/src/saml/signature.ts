import { hash, timingSafeEqual } from "node:crypto";
import { decodeBase64 } from "./base64.ts";
import { type CanonicalForm, canonicalText, longestCanonicalText } from "./canonical-xml.ts";
import { malformed, SamlError } from "./saml-error.ts";
import { isSignedByAny, type SignatureAlgorithm, signatureAlgorithm, type Trust } from "./trusted-keys.ts";
import { attributeOf, descendants, elementsOf, isNamed, textOf, type XmlElement } from "./xml.ts";
import { parseXml, type XmlBounds } from "./xml-parser.ts";

// Everything that XML Signature leaves open is closed here: no transform that selects or rewrites (XPath, XSLT), no
// canonical form that keeps comments, one reference, to the element around.
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const digests: ReadonlyMap<string, string> = new Map([
  ["http://www.w3.org/2001/04/xmlenc#sha256", "sha256"],
  ["http://www.w3.org/2001/04/xmldsig-more#sha384", "sha384"],
  ["http://www.w3.org/2001/04/xmlenc#sha512", "sha512"],
]);
const digestSha1 = "http://www.w3.org/2000/09/xmldsig#sha1";

/** An xs:ID, as far as any identity provider makes one. */
const plainId = /^[A-Za-z_][\w.-]{0,255}$/;
/** Namely of an RSA key of 16384 bits, in base64 that is folded. */
const longestValue = 4_096;
/** Each is looked for at each element. */
const mostPrefixes = 64;

/** The canonical form says again and again what the message has said once. */
const verifiedBounds: XmlBounds = { length: longestCanonicalText, nodes: 10_000 };

/** What a trusted key has signed, parsed from the very text that it signed. Nothing else is vouched for. */
export function verifiedElement(signed: XmlElement, signature: XmlElement, trust: Trust): XmlElement {
  return parseXml(verifiedText(signed, signature, trust), verifiedBounds);
}

/** The canonical text of `signed`, without its signature, as a trusted key has signed it. `signature` is a child of it. */
export function verifiedText(signed: XmlElement, signature: XmlElement, trust: Trust): string {
  const parts = readSignature(signed, signature, trust);
  const info = Buffer.from(canonicalText(parts.signedInfo, parts.form));
  if (!isSignedByAny(trust.certificates, parts.algorithm, info, parts.value)) {
    throw new SamlError("signature", "No trusted key made the signature.");
  }
  // Only now: whoever has no signature at all costs no more than one look at it.
  const text = canonicalText(signed, parts.reference.form, signature);
  const digest = hash(parts.reference.hash, text, "buffer");
  const { value } = parts.reference;
  if (digest.length !== value.length || !timingSafeEqual(digest, value)) {
    throw new SamlError("signature", "What was signed has been changed.");
  }
  return text;
}

interface SignatureParts {
  readonly signedInfo: XmlElement;
  readonly form: CanonicalForm;
  readonly algorithm: SignatureAlgorithm;
  readonly value: Uint8Array;
  readonly reference: {
    readonly form: CanonicalForm;
    readonly hash: string;
    readonly value: Uint8Array;
  };
}

function readSignature(signed: XmlElement, signature: XmlElement, trust: Trust): SignatureParts {
  for (const element of [signature, ...descendants(signature)]) {
    // It would cut a DigestValue or a SignatureValue in two, which other readers than this one read differently.
    if (element.hasComment) throw malformed("There is a comment in the signature.");
    // It can hold a whole second message.
    if (isNamed(element, "signature", "Object")) throw malformed("There is an Object in the signature.");
  }
  const [signedInfo, value] = exactly(signature, ["SignedInfo", "SignatureValue"], "KeyInfo");
  const [canonicalization, method, reference] = exactly(signedInfo, [
    "CanonicalizationMethod",
    "SignatureMethod",
    "Reference",
  ]);
  const algorithm = signatureAlgorithm(algorithmOf(method), trust);
  if (algorithm === undefined || elementsOf(method).length > 0) throw notAllowed();
  return {
    signedInfo,
    form: formOf(canonicalization),
    algorithm,
    value: bytesOf(value),
    reference: readReference(signed, reference, trust),
  };
}

function readReference(signed: XmlElement, reference: XmlElement, { sha1 }: Trust): SignatureParts["reference"] {
  const id = attributeOf(signed, "ID");
  if (id === undefined || !plainId.test(id) || attributeOf(reference, "URI") !== `#${id}`) {
    throw malformed("The signature does not refer to the element around it.");
  }
  const [transforms, method, value] = exactly(reference, ["Transforms", "DigestMethod", "DigestValue"]);
  const algorithm = algorithmOf(method);
  const hash = sha1 && algorithm === digestSha1 ? "sha1" : digests.get(algorithm);
  const [first, second, ...others] = elementsOf(transforms);
  if (others.length > 0) throw malformed("The signature has too many transforms.");
  // It has no parameters; some write one all the same, of the next one's.
  const isEnveloped = first !== undefined && algorithmOf(first) === enveloped;
  if (hash === undefined || !isEnveloped || second === undefined) throw notAllowed();
  if (![first, second].every((transform) => isNamed(transform, "signature", "Transform"))) throw notAllowed();
  return { form: formOf(second), hash, value: bytesOf(value) };
}

/** The children of an element of XML Signature: these, in this order, and `optional` behind them or not. */
function exactly<const Names extends readonly string[]>(
  parent: XmlElement,
  expected: Names,
  optional?: string,
): { [Index in keyof Names]: XmlElement } {
  const found = elementsOf(parent);
  const names = optional === undefined || found.length === expected.length ? expected : [...expected, optional];
  if (
    found.length !== names.length ||
    !found.every((element, index) => isNamed(element, "signature", names[index] ?? ""))
  ) {
    throw malformed("The signature is not one.");
  }
  return found as { [Index in keyof Names]: XmlElement }; // as many as there are names, as was just seen
}

function algorithmOf(element: XmlElement): string {
  return attributeOf(element, "Algorithm") ?? "";
}

function formOf(element: XmlElement): CanonicalForm {
  const algorithm = algorithmOf(element);
  const [parameter, ...more] = elementsOf(element);
  if (algorithm === inclusive && parameter === undefined) return { method: "inclusive", inclusivePrefixes: new Set() };
  if (algorithm !== exclusive || more.length > 0) throw notAllowed();
  if (parameter === undefined) return { method: "exclusive", inclusivePrefixes: new Set() };
  if (!isNamed(parameter, "exclusive", "InclusiveNamespaces")) throw notAllowed();
  const prefixes = (attributeOf(parameter, "PrefixList") ?? "").split(/[\t\r\n ]+/, mostPrefixes + 1).filter(Boolean);
  if (prefixes.length > mostPrefixes) throw malformed("The signature names too many prefixes.");
  return {
    method: "exclusive",
    inclusivePrefixes: new Set(prefixes.map((prefix) => (prefix === "#default" ? "" : prefix))),
  };
}

function bytesOf(element: XmlElement): Uint8Array {
  if (elementsOf(element).length > 0) throw malformed("The signature's value is not one.");
  return decodeBase64(textOf(element), longestValue);
}

function notAllowed(): SamlError {
  return new SamlError("signature", "The signature uses an algorithm that is not allowed.");
}
