import { createDecipheriv, type KeyObject } from "node:crypto";
import { decryptOaep, type OaepHash } from "../crypto/rsa-oaep.ts";
import { decodeBase64 } from "./base64.ts";
import { malformed, type SamlError } from "./saml-error.ts";
import { attributeOf, descendants, elementsOf, isNamed, requiredChild, textOf, type XmlElement } from "./xml.ts";

interface ContentCipher {
  readonly name: "aes-128-cbc" | "aes-192-cbc" | "aes-256-cbc" | "aes-128-gcm" | "aes-192-gcm" | "aes-256-gcm";
  readonly keyBytes: number;
}

/**
 * CBC, because identity providers still send it; it tells nothing of its padding, since whatever goes wrong up to the
 * signature inside is one and the same refusal. Not Triple DES.
 */
const ciphers: ReadonlyMap<string, ContentCipher> = new Map<string, ContentCipher>([
  ["http://www.w3.org/2001/04/xmlenc#aes128-cbc", { name: "aes-128-cbc", keyBytes: 16 }],
  ["http://www.w3.org/2001/04/xmlenc#aes192-cbc", { name: "aes-192-cbc", keyBytes: 24 }],
  ["http://www.w3.org/2001/04/xmlenc#aes256-cbc", { name: "aes-256-cbc", keyBytes: 32 }],
  ["http://www.w3.org/2009/xmlenc11#aes128-gcm", { name: "aes-128-gcm", keyBytes: 16 }],
  ["http://www.w3.org/2009/xmlenc11#aes192-gcm", { name: "aes-192-gcm", keyBytes: 24 }],
  ["http://www.w3.org/2009/xmlenc11#aes256-gcm", { name: "aes-256-gcm", keyBytes: 32 }],
]);

/** Not RSA with PKCS #1 v1.5 padding, which can be asked about (Bleichenbacher, 1998). */
const oaep = ["http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "http://www.w3.org/2009/xmlenc11#rsa-oaep"];

const digests: ReadonlyMap<string, OaepHash> = new Map<string, OaepHash>([
  ["http://www.w3.org/2000/09/xmldsig#sha1", "sha1"],
  ["http://www.w3.org/2001/04/xmlenc#sha256", "sha256"],
  ["http://www.w3.org/2001/04/xmldsig-more#sha384", "sha384"],
  ["http://www.w3.org/2001/04/xmlenc#sha512", "sha512"],
]);

const masks: ReadonlyMap<string, OaepHash> = new Map<string, OaepHash>([
  ["http://www.w3.org/2009/xmlenc11#mgf1sha1", "sha1"],
  ["http://www.w3.org/2009/xmlenc11#mgf1sha256", "sha256"],
  ["http://www.w3.org/2009/xmlenc11#mgf1sha384", "sha384"],
  ["http://www.w3.org/2009/xmlenc11#mgf1sha512", "sha512"],
]);

/** Of an RSA key of 16384 bits. */
const longestKey = 4_096;

/** What an EncryptedAssertion or EncryptedID holds; undefined where none of the keys opens it. */
export function decryptElement(encrypted: XmlElement, privateKeys: readonly KeyObject[]): Buffer | undefined {
  const content = requiredChild(encrypted, "encryption", "EncryptedData");
  // Beside the data or in its KeyInfo.
  const [key, ...others] = descendants(encrypted).filter((e) => isNamed(e, "encryption", "EncryptedKey"));
  if (key === undefined || others.length > 0) throw malformed("There is not exactly one encrypted key.");
  const method = requiredChild(content, "encryption", "EncryptionMethod");
  const cipher = ciphers.get(attributeOf(method, "Algorithm") ?? "");
  if (cipher === undefined) throw notAllowed();
  const { hash, maskHashes } = readKeyMethod(requiredChild(key, "encryption", "EncryptionMethod"));
  const sealed = cipherValue(content);
  const sealedKey = cipherValue(key, longestKey);
  for (const privateKey of privateKeys) {
    const contentKey = decryptOaep(privateKey, sealedKey, hash, maskHashes);
    if (contentKey?.length === cipher.keyBytes) return open(cipher, contentKey, sealed);
  }
  return undefined;
}

/** XML Encryption 1.1, 5.5.2: SHA-1 is the default of both hashes. */
function readKeyMethod(method: XmlElement): { readonly hash: OaepHash; readonly maskHashes: readonly OaepHash[] } {
  if (!oaep.includes(attributeOf(method, "Algorithm") ?? "")) throw notAllowed();
  let hash: OaepHash | undefined = "sha1";
  let mask: OaepHash | undefined;
  for (const parameter of elementsOf(method)) {
    const algorithm = attributeOf(parameter, "Algorithm") ?? "";
    if (isNamed(parameter, "signature", "DigestMethod")) hash = digests.get(algorithm);
    else if (isNamed(parameter, "encryption11", "MGF")) mask = masks.get(algorithm) ?? fail(notAllowed());
    else throw notAllowed();
  }
  if (hash === undefined) throw notAllowed();
  if (mask !== undefined) return { hash, maskHashes: [mask] };
  // Libraries that have but one hash for both use the digest's for the mask, and say nothing.
  return { hash, maskHashes: hash === "sha1" ? ["sha1"] : ["sha1", hash] };
}

function cipherValue(element: XmlElement, longest?: number): Buffer {
  const value = requiredChild(requiredChild(element, "encryption", "CipherData"), "encryption", "CipherValue");
  return decodeBase64(textOf(value), longest);
}

/** XML Encryption 1.1, 5.2: the initialization vector, the ciphertext, and in GCM the tag. */
function open({ name }: ContentCipher, key: Uint8Array, sealed: Buffer): Buffer | undefined {
  try {
    if (name === "aes-128-gcm" || name === "aes-192-gcm" || name === "aes-256-gcm") {
      const decipher = createDecipheriv(name, key, sealed.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    }
    const decipher = createDecipheriv(name, key, sealed.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]);
    const padding = padded.at(-1) ?? 0;
    // Its last byte says how long it is, and the others may be anything.
    return padding >= 1 && padding <= 16 ? padded.subarray(0, -padding) : undefined;
  } catch {
    return undefined;
  }
}

function notAllowed(): SamlError {
  return malformed("The encryption uses an algorithm that is not allowed.");
}

function fail(error: SamlError): never {
  throw error;
}
