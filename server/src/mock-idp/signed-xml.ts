import { createCipheriv, createHash, publicEncrypt, sign as signBytes, X509Certificate } from "node:crypto";
import type { Random } from "../runtime/random.ts";
import { namespaces } from "../saml/xml.ts";
import type { MockKey } from "./keys.ts";

/*
 * XML that is in canonical form from the start (Exclusive XML Canonicalization 1.0), so that what is signed is the very
 * text that is sent. It shares nothing with what verifies signatures: neither can hide a fault of the other.
 */

/** An element without attributes of other namespaces, whose name has one of the prefixes below. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly (Node | string)[];
}

export function node(name: string, attributes: Node["attributes"], ...children: Node["children"]): Node {
  return { name, attributes, children };
}

const prefixes: Readonly<Record<string, string>> = {
  samlp: namespaces.protocol,
  saml: namespaces.assertion,
  ds: namespaces.signature,
  xenc: namespaces.encryption,
};

/** A namespace is declared where it is first used: any element, taken out of the whole, is in canonical form again. */
export function writeNode({ name, attributes, children }: Node, declared: readonly string[] = []): string {
  const [prefix = ""] = name.split(":", 1);
  const known = declared.includes(prefix) ? declared : [...declared, prefix];
  const declaration = known === declared ? "" : ` xmlns:${prefix}="${prefixes[prefix]}"`;
  const written = Object.keys(attributes)
    .sort()
    .map((key) => {
      const value = attributes[key];
      return value === undefined ? "" : ` ${key}="${escaped(value, /[&<"\t\n\r]/g)}"`;
    });
  const inside = children.map((child) =>
    typeof child === "string" ? escaped(child, /[&<>\r]/g) : writeNode(child, known),
  );
  return `<${name}${declaration}${written.join("")}>${inside.join("")}</${name}>`;
}

/** Canonical XML 1.1, 2.3: these characters and no others, in this form. */
const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

function escaped(text: string, which: RegExp): string {
  return text.replaceAll(which, (character) => references[character] ?? character);
}

const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** The same with a signature behind its first child, the Issuer, as the schema has it. */
export function signNode(signed: Node, key: MockKey): Node {
  const digest = createHash("sha256").update(writeNode(signed)).digest("base64");
  const algorithm = (name: string, uri: string) => node(`ds:${name}`, { Algorithm: uri });
  const signedInfo = node(
    "ds:SignedInfo",
    {},
    algorithm("CanonicalizationMethod", exclusive),
    algorithm("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
    node(
      "ds:Reference",
      { URI: `#${signed.attributes.ID}` },
      node(
        "ds:Transforms",
        {},
        algorithm("Transform", "http://www.w3.org/2000/09/xmldsig#enveloped-signature"),
        algorithm("Transform", exclusive),
      ),
      algorithm("DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256"),
      node("ds:DigestValue", {}, digest),
    ),
  );
  const value = signBytes("sha256", Buffer.from(writeNode(signedInfo)), key.privateKey).toString("base64");
  const [issuer = "", ...rest] = signed.children;
  const signature = node(
    "ds:Signature",
    {},
    signedInfo,
    node("ds:SignatureValue", {}, value),
    node("ds:KeyInfo", {}, node("ds:X509Data", {}, node("ds:X509Certificate", {}, bareCertificate(key.certificate)))),
  );
  return { ...signed, children: [issuer, signature, ...rest] };
}

/** Base64 of the DER. */
export function bareCertificate(pem: string): string {
  return new X509Certificate(pem).raw.toString("base64");
}

/** XML Encryption 1.1: AES-256-GCM, with a key for whom the certificate belongs to, by RSA-OAEP. */
export function encryptNode(plain: Node, certificate: string, random: Random): Node {
  const key = random.bytes(32);
  const vector = random.bytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, vector);
  const sealed = Buffer.concat([vector, cipher.update(writeNode(plain)), cipher.final(), cipher.getAuthTag()]);
  // rsa-oaep-mgf1p has SHA-1 in both places, and nothing of it rests on collisions.
  const sealedKey = publicEncrypt({ key: new X509Certificate(certificate).publicKey, oaepHash: "sha1" }, key);
  const cipherData = (bytes: Buffer) =>
    node("xenc:CipherData", {}, node("xenc:CipherValue", {}, bytes.toString("base64")));
  const encryptedKey = node(
    "xenc:EncryptedKey",
    {},
    node(
      "xenc:EncryptionMethod",
      { Algorithm: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p" },
      node("ds:DigestMethod", { Algorithm: "http://www.w3.org/2000/09/xmldsig#sha1" }),
    ),
    cipherData(sealedKey),
  );
  return node(
    "saml:EncryptedAssertion",
    {},
    node(
      "xenc:EncryptedData",
      { Type: "http://www.w3.org/2001/04/xmlenc#Element" },
      node("xenc:EncryptionMethod", { Algorithm: "http://www.w3.org/2009/xmlenc11#aes256-gcm" }),
      node("ds:KeyInfo", {}, encryptedKey),
      cipherData(sealed),
    ),
  );
}
