import { SignedXml } from "xml-crypto";
import { malformed, SamlError } from "./saml-error.ts";
import {
  attributeOf,
  descendants,
  elementsOf,
  isComment,
  isElement,
  isNamed,
  namespaces,
  requiredChild,
  type XmlElement,
} from "./xml.ts";

// No SHA-1, no HMAC (its key would be the certificate, which is public), no transform that selects or rewrites (XPath,
// XSLT), no canonical form that keeps comments.
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
const inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const digests = ["http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2001/04/xmlenc#sha512"];
const signatures = [
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
];

/** An xs:ID, as far as any identity provider makes one: nothing that could mean something else to XPath. */
const plainId = /^[A-Za-z_][\w.-]{0,255}$/;

/** No id twice, under any of the names by which the signatures' library looks for one: a reference means one element. */
export function checkIds(root: XmlElement): void {
  const seen = new Set<string>();
  for (const node of [root, ...descendants(root)]) {
    if (!isElement(node)) continue;
    for (let index = 0; index < node.attributes.length; index++) {
      const attribute = node.attributes.item(index);
      if (attribute === null || attribute.localName.toLowerCase() !== "id") continue;
      if (seen.has(attribute.value)) throw malformed("An id is given twice.");
      seen.add(attribute.value);
    }
  }
}

/**
 * The canonical text of `signed`, without its signature, as one of the certificates' keys has signed it. Nothing else of
 * `text` is vouched for. `signature` is the ds:Signature in `signed`; both are of the document that `text` parses to.
 */
export function verifiedText(
  text: string,
  signed: XmlElement,
  signature: XmlElement,
  certificates: readonly string[],
): string {
  checkShape(signed, signature);
  for (const certificate of certificates) {
    const verified = verify(text, signature, certificate);
    if (verified !== undefined) return verified;
  }
  throw new SamlError("signature", "No trusted key made the signature.");
}

/** Everything that XML Signature leaves open is closed: one reference, to the element around, by allowed means alone. */
function checkShape(signed: XmlElement, signature: XmlElement): void {
  for (const node of descendants(signature)) {
    // A comment would cut a DigestValue or a SignatureValue in two, read differently by different readers.
    if (isComment(node)) throw malformed("There is a comment in the signature.");
    if (!isElement(node)) continue;
    // An Object can hold a whole second message.
    if (isNamed(node, "signature", "Object")) throw malformed("There is an Object in the signature.");
  }
  const signedInfo = requiredChild(signature, "signature", "SignedInfo");
  const value = requiredChild(signature, "signature", "SignatureValue");
  const allowed = ["SignedInfo", "SignatureValue", "KeyInfo"];
  const expected = elementsOf(signature).map((element) => element.localName);
  if (expected.join() !== allowed.slice(0, expected.length).join()) throw malformed("The signature is not one.");
  // The library finds these by their names, wherever they are.
  for (const name of ["SignedInfo", "SignatureValue", "CanonicalizationMethod", "SignatureMethod", "Reference"]) {
    const named = [...descendants(signature)].filter((node) => isElement(node) && node.localName === name);
    if (named.length !== 1) throw malformed(`The signature has not exactly one ${name}.`);
  }
  if (elementsOf(value).length > 0) throw malformed("The signature's value is not one.");
  const [canonicalization, method, reference, ...more] = elementsOf(signedInfo);
  if (more.length > 0 || reference === undefined || !isNamed(reference, "signature", "Reference")) {
    throw malformed("The signature has not exactly one reference.");
  }
  const id = attributeOf(signed, "ID");
  if (id === undefined || !plainId.test(id) || reference.getAttribute("URI") !== `#${id}`) {
    throw malformed("The signature does not refer to the element around it.");
  }
  requireAlgorithm(canonicalization, [exclusive, inclusive]);
  requireAlgorithm(method, signatures);
  requireAlgorithm(requiredChild(reference, "signature", "DigestMethod"), digests);
  const transforms = elementsOf(requiredChild(reference, "signature", "Transforms"));
  const [first, second, ...others] = transforms;
  if (others.length > 0) throw malformed("The signature has too many transforms.");
  requireAlgorithm(first, [enveloped]);
  requireAlgorithm(second, [exclusive, inclusive]);
}

function requireAlgorithm(element: XmlElement | undefined, allowed: readonly string[]): void {
  if (element?.namespaceURI !== namespaces.signature || !allowed.includes(element.getAttribute("Algorithm"))) {
    throw new SamlError("signature", "The signature uses an algorithm that is not allowed.");
  }
}

function verify(text: string, signature: XmlElement, certificate: string): string | undefined {
  // What KeyInfo says is no reason to trust it: the certificate is one of those known before.
  const signedXml = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null });
  signedXml.CanonicalizationAlgorithms = pick(signedXml.CanonicalizationAlgorithms, [exclusive, inclusive, enveloped]);
  signedXml.HashAlgorithms = pick(signedXml.HashAlgorithms, digests);
  signedXml.SignatureAlgorithms = pick(signedXml.SignatureAlgorithms, signatures);
  try {
    signedXml.loadSignature(signature);
    if (!signedXml.checkSignature(text)) return undefined;
  } catch {
    // The library throws for a wrong signature as for a wrong document.
    return undefined;
  }
  const [only, ...others] = signedXml.getSignedReferences();
  return others.length > 0 ? undefined : only;
}

function pick<T>(table: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => names.includes(name)));
}
