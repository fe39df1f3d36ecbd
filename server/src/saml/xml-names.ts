import { namespaces } from "./xml.ts";

/** A name as it is written, and the two that it is made of; without a prefix, that is "". */
export interface XmlName {
  readonly prefix: string;
  readonly localName: string;
  readonly name: string;
}

/*
 * What messages say again and again, under the prefixes that identity providers use: a name that is known needs no
 * copies of its text, which are two thirds of what a tree of it weighs, and compares in no time. Whatever is not in here is
 * as good a name.
 */
const vocabulary: readonly (readonly [prefixes: string, localNames: string])[] = [
  ["samlp: saml2p: :", "Response Status StatusCode StatusMessage LogoutRequest LogoutResponse SessionIndex Extensions"],
  [
    "saml: saml2: :",
    `Assertion Attribute AttributeStatement AttributeValue Audience AudienceRestriction AuthnContext AuthnContextClassRef
    AuthnStatement Conditions EncryptedAssertion Issuer NameID OneTimeUse Subject SubjectConfirmation SubjectConfirmationData
    SubjectLocality`,
  ],
  [
    "ds: dsig: :",
    `CanonicalizationMethod DigestMethod DigestValue KeyInfo Reference Signature SignatureMethod SignatureValue SignedInfo
    Transform Transforms X509Certificate X509Data`,
  ],
  ["xenc: :", "CipherData CipherValue EncryptedData EncryptedKey EncryptionMethod"],
  ["ec: :", "InclusiveNamespaces"],
  ["xsi:", "type"],
  ["xmlns:", "ds dsig ec saml saml2 saml2p samlp xenc xs xsd xsi"],
  [
    ":",
    `xmlns Address Algorithm AuthnInstant Destination Format FriendlyName ID InResponseTo IssueInstant Method Name NameFormat
    NameQualifier NotBefore NotOnOrAfter PrefixList Recipient SPNameQualifier SessionIndex SessionNotOnOrAfter URI Value
    Version`,
  ],
];

const slots = 4_096;
const known: (XmlName | undefined)[] = new Array(slots).fill(undefined);

/** The hash of a name, one character after the other, from 0. */
export function hashed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

for (const [prefixes, localNames] of vocabulary) {
  for (const prefix of prefixes.split(" ").map((written) => written.slice(0, -1))) {
    for (const localName of localNames.split(/\s+/)) {
      const name = prefix === "" ? localName : `${prefix}:${localName}`;
      let hash = 0;
      for (let at = 0; at < name.length; at++) hash = hashed(hash, name.charCodeAt(at));
      // Of two in one place the first is known.
      known[hash & (slots - 1)] ??= { prefix, localName, name };
    }
  }
}

/** The name from `start` to `end`, if it is known. */
export function knownName(hash: number, text: string, start: number, end: number): XmlName | undefined {
  const found = known[hash & (slots - 1)];
  return found?.name.length === end - start && text.startsWith(found.name, start) ? found : undefined;
}

const uris = new Map<string, string>([...Object.values(namespaces)].map((uri) => [uri, uri]));

/** The same, as one that compares in no time, if it is known. */
export function knownUri(uri: string): string {
  return uris.get(uri) ?? uri;
}
