import { decrypt } from "xml-encryption";
import { malformed } from "./saml-error.ts";
import { attributeOf, descendants, isElement, isNamed, requiredChild, type XmlElement } from "./xml.ts";

/**
 * CBC, because identity providers still send it; it tells nothing of its padding, since whatever goes wrong up to the
 * signature inside is one and the same refusal. Not RSA with PKCS #1 v1.5 padding, nor Triple DES (XML Encryption 1.1, 5).
 */
const contentAlgorithms = [
  "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
  "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
  "http://www.w3.org/2009/xmlenc11#aes128-gcm",
  "http://www.w3.org/2009/xmlenc11#aes256-gcm",
];
const keyAlgorithms = ["http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "http://www.w3.org/2009/xmlenc11#rsa-oaep"];

/** What an EncryptedAssertion, EncryptedID or EncryptedAttribute holds; undefined where none of the keys (PEM) opens it. */
export function decryptElement(encrypted: XmlElement, privateKeys: readonly string[]): string | undefined {
  const content = requiredChild(encrypted, "encryption", "EncryptedData");
  const keys = [...descendants(encrypted)].filter(isElement).filter((e) => isNamed(e, "encryption", "EncryptedKey"));
  const [key, ...others] = keys;
  if (key === undefined || others.length > 0) throw malformed("There is not exactly one encrypted key.");
  requireAlgorithm(content, contentAlgorithms);
  requireAlgorithm(key, keyAlgorithms);
  for (const privateKey of privateKeys) {
    let opened: string | undefined;
    decrypt(
      encrypted,
      // The algorithms are checked above: the library counts CBC among those it would refuse.
      { key: privateKey, disallowDecryptionWithInsecureAlgorithm: false, warnInsecureAlgorithm: false },
      (error, text) => {
        if (error === null) opened = text;
      },
    );
    if (opened !== undefined) return opened;
  }
  return undefined;
}

function requireAlgorithm(element: XmlElement, allowed: readonly string[]): void {
  const algorithm = attributeOf(requiredChild(element, "encryption", "EncryptionMethod"), "Algorithm");
  if (algorithm === undefined || !allowed.includes(algorithm)) {
    throw malformed("The encryption uses an algorithm that is not allowed.");
  }
}
