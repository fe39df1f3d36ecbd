/** A SAML identity provider as the tests need one: metadata, and responses that it signs, or that somebody forges. */
import { type KeyObject, X509Certificate } from "node:crypto";
import { SignedXml } from "xml-crypto";
import { encrypt } from "xml-encryption";
import { issueSelfSigned } from "../src/crypto/x509/issue.ts";
import type { KeyPair } from "../src/runtime/key-pairs.ts";
import { startOfTest } from "./harness.ts";
import { keyPair } from "./key-pairs.ts";

export interface SamlIdentityProvider {
  readonly entityId: string;
  /** PEM. */
  readonly certificate: string;
  readonly pair: KeyPair;
}

export async function samlIdentityProvider(
  entityId = "https://idp.example.com/saml",
  validity = { notBefore: startOfTest - 86_400_000, notAfter: startOfTest + 365 * 86_400_000 },
): Promise<SamlIdentityProvider> {
  const pair = keyPair();
  const der = await issueSelfSigned({
    commonName: "idp.example.com",
    ...pair,
    serialNumber: Buffer.from("serial 1"),
    ...validity,
  });
  return { entityId, certificate: new X509Certificate(der).toString(), pair };
}

/** PKCS #8, PEM. */
export function privateKeyPem(key: KeyObject): string {
  return String(key.export({ type: "pkcs8", format: "pem" }));
}

function bare(pem: string): string {
  return pem.replaceAll(/-----[^-]+-----|\s/g, "");
}

const md = "urn:oasis:names:tc:SAML:2.0:metadata";
const ds = "http://www.w3.org/2000/09/xmldsig#";

/** An EntityDescriptor of at least the thousand characters that IAM asks for. */
export function metadataOf(
  idp: Pick<SamlIdentityProvider, "entityId">,
  certificates: readonly string[],
  attributes = "",
  use = "signing",
): string {
  const keys = certificates.map(
    (certificate) =>
      `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${ds}"><ds:X509Data><ds:X509Certificate>${bare(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  );
  return `<md:EntityDescriptor xmlns:md="${md}" entityID="${idp.entityId}"${attributes}><!--${"-x".repeat(400)}--><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keys.join("")}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
}

/** What a response says; each member replaces what a good one says, null leaves it out. Times are offsets from `now`, in ms. */
export interface ResponseParts {
  readonly now?: number;
  readonly id?: string;
  readonly issuer?: string;
  readonly nameId?: string;
  readonly nameIdFormat?: string | null;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
  readonly recipient?: string | null;
  readonly audience?: string | null;
  readonly notBefore?: number | null;
  readonly notOnOrAfter?: number | null;
  readonly confirmedUntil?: number | null;
  readonly sessionUntil?: number | null;
  readonly sessionIndex?: string;
  readonly issuedAt?: number;
  readonly conditions?: string | null;
  readonly confirmation?: string;
  readonly authnStatement?: null;
  readonly status?: string;
  readonly inResponseTo?: string;
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
}

export const awsAudience = "https://signin.aws.amazon.com/saml";
const minute = 60_000;

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);
}

export function assertionXml(idp: Pick<SamlIdentityProvider, "entityId">, parts: ResponseParts = {}): string {
  const now = parts.now ?? startOfTest;
  const at = (offset: number | null | undefined, otherwise: number, name: string) =>
    offset === null ? "" : ` ${name}="${new Date(now + (offset ?? otherwise)).toISOString()}"`;
  const attribute = (value: string | null | undefined, otherwise: string, name: string) =>
    value === null ? "" : ` ${name}="${escaped(value ?? otherwise)}"`;
  const audience = parts.audience === undefined ? awsAudience : parts.audience;
  const conditions =
    parts.conditions === null
      ? ""
      : `<saml:Conditions${at(parts.notBefore, -minute, "NotBefore")}${at(parts.notOnOrAfter, 5 * minute, "NotOnOrAfter")}>${
          parts.conditions ??
          (audience === null
            ? ""
            : `<saml:AudienceRestriction><saml:Audience>${escaped(audience)}</saml:Audience></saml:AudienceRestriction>`)
        }</saml:Conditions>`;
  const inResponseTo = parts.inResponseTo === undefined ? "" : ` InResponseTo="${parts.inResponseTo}"`;
  const confirmation =
    parts.confirmation ??
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData${inResponseTo}${at(parts.confirmedUntil, 5 * minute, "NotOnOrAfter")}${attribute(parts.recipient, awsAudience, "Recipient")}/></saml:SubjectConfirmation>`;
  const attributes = Object.entries(parts.attributes ?? {}).map(
    ([name, values]) =>
      `<saml:Attribute Name="${escaped(name)}">${[values]
        .flat()
        .map((value) => `<saml:AttributeValue>${escaped(value)}</saml:AttributeValue>`)
        .join("")}</saml:Attribute>`,
  );
  return [
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${parts.id ?? "_assertion"}" Version="2.0"${at(parts.issuedAt, 0, "IssueInstant")}>`,
    `<saml:Issuer>${escaped(parts.issuer ?? idp.entityId)}</saml:Issuer>`,
    `<saml:Subject><saml:NameID${attribute(parts.nameIdFormat, "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "Format")}${attribute(parts.nameQualifier ?? null, "", "NameQualifier")}${attribute(parts.spNameQualifier ?? null, "", "SPNameQualifier")}>${parts.nameId ?? "ann@example.com"}</saml:NameID>${confirmation}</saml:Subject>`,
    conditions,
    parts.authnStatement === null
      ? ""
      : `<saml:AuthnStatement AuthnInstant="${new Date(now).toISOString()}"${parts.sessionUntil === undefined ? "" : at(parts.sessionUntil, 0, "SessionNotOnOrAfter")}${attribute(parts.sessionIndex ?? null, "", "SessionIndex")}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    attributes.length === 0 ? "" : `<saml:AttributeStatement>${attributes.join("")}</saml:AttributeStatement>`,
    "</saml:Assertion>",
  ].join("");
}

/** `inside` is an assertion, or several, or what a forger puts in their place. */
export function responseXml(
  idp: Pick<SamlIdentityProvider, "entityId">,
  inside: string,
  parts: ResponseParts = {},
): string {
  const inResponseTo = parts.inResponseTo === undefined ? "" : ` InResponseTo="${parts.inResponseTo}"`;
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0" IssueInstant="${new Date(parts.now ?? startOfTest).toISOString()}"${inResponseTo}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${idp.entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${parts.status ?? "urn:oasis:names:tc:SAML:2.0:status:Success"}"/></samlp:Status>${inside}</samlp:Response>`;
}

export interface SigningChoices {
  readonly signatureAlgorithm?: string;
  readonly digestAlgorithm?: string;
  readonly transforms?: readonly string[];
  readonly canonicalizationAlgorithm?: string;
  readonly inclusiveNamespaces?: string[];
}

const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** Signs the element of this id, with the signature behind its Issuer as the schema has it. */
export function sign(xml: string, id: string, idp: SamlIdentityProvider, choices: SigningChoices = {}): string {
  const signed = new SignedXml({
    privateKey: privateKeyPem(idp.pair.privateKey),
    publicCert: idp.certificate,
    signatureAlgorithm: choices.signatureAlgorithm ?? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    canonicalizationAlgorithm: choices.canonicalizationAlgorithm ?? exclusive,
  });
  signed.addReference({
    xpath: `//*[@ID='${id}']`,
    digestAlgorithm: choices.digestAlgorithm ?? "http://www.w3.org/2001/04/xmlenc#sha256",
    transforms: choices.transforms ?? ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", exclusive],
    ...(choices.inclusiveNamespaces && { inclusiveNamespacesPrefixList: choices.inclusiveNamespaces }),
  });
  signed.computeSignature(xml, {
    prefix: "ds",
    location: { reference: `//*[@ID='${id}']/*[local-name(.)='Issuer']`, action: "after" },
  });
  return signed.getSignedXml();
}

export function encode(xml: string): string {
  return Buffer.from(xml).toString("base64");
}

/** A good response in base64: its assertion signed, everything else as `parts` say. */
export function signedResponse(
  idp: SamlIdentityProvider,
  parts: ResponseParts = {},
  choices: SigningChoices = {},
): string {
  const id = parts.id ?? "_assertion";
  return encode(responseXml(idp, sign(assertionXml(idp, parts), id, idp, choices), parts));
}

export interface EncryptionChoices {
  readonly encryptionAlgorithm?: string;
  readonly keyEncryptionAlgorithm?: string;
  readonly keyEncryptionDigest?: string;
}

/** An EncryptedAssertion for whom the certificate's key belongs to. */
export async function encryptedAssertion(
  assertion: string,
  certificate: string,
  choices: EncryptionChoices = {},
): Promise<string> {
  const options = {
    rsa_pub: String(new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" })),
    pem: certificate,
    encryptionAlgorithm: choices.encryptionAlgorithm ?? "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    keyEncryptionAlgorithm: choices.keyEncryptionAlgorithm ?? "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    ...(choices.keyEncryptionDigest === undefined ? {} : { keyEncryptionDigest: choices.keyEncryptionDigest }),
    disallowEncryptionWithInsecureAlgorithm: false,
    warnInsecureAlgorithm: false,
  };
  const encrypted = await new Promise<string>((resolve, reject) => {
    encrypt(assertion, options, (error, text) => (text === undefined ? reject(error) : resolve(text)));
  });
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${encrypted}</saml:EncryptedAssertion>`;
}
