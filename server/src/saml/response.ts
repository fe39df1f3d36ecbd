import type { KeyObject } from "node:crypto";
import { decodeBase64, decodeUtf8 } from "./base64.ts";
import { decryptElement } from "./encryption.ts";
import { malformed, SamlError } from "./saml-error.ts";
import { verifiedElement } from "./signature.ts";
import type { Trust } from "./trusted-keys.ts";
import {
  attributeOf,
  checkIds,
  childrenOf,
  descendants,
  elementsOf,
  isNamed,
  optionalChild,
  requiredChild,
  textOf,
  timeOf,
  type XmlElement,
} from "./xml.ts";
import { parseXml } from "./xml-parser.ts";

/** What a response must be for its reader to believe it. */
export interface Expectations extends Trust {
  /** The entity ids of the identity provider. */
  readonly issuers: readonly string[];
  /** assertion: the assertion itself. either: that, or the whole response around it. What is signed besides must be right. */
  readonly signed: "assertion" | "either";
  /** What the identity provider may have encrypted for. */
  readonly privateKeys: readonly KeyObject[];
  readonly encryption: "allowed" | "required";
  readonly isAudience: (audience: string) => boolean;
  readonly isRecipient: (location: string) => boolean;
  /** The id of the request that this answers; null: it answers none; undefined takes any and none. */
  readonly inResponseTo: string | null | undefined;
  /** Whether names and values may hold characters that are four bytes in UTF-8, as emoji are. */
  readonly fourByteUtf8: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How far, in milliseconds, the identity provider's clock may be ahead. */
  readonly clockSkew: number;
}

/** Times in milliseconds since the epoch. */
export interface VerifiedAssertion {
  readonly id: string;
  readonly issuer: string;
  readonly issuedAt: number;
  readonly subject: {
    readonly nameId: string;
    readonly format: string | undefined;
    /** Within which names the name is one (SAML core, 2.2.2); whoever names the subject again must say the same. */
    readonly nameQualifier?: string;
    readonly spNameQualifier?: string;
  };
  /** Where the identity provider sent it. */
  readonly recipient: string;
  /** From here on nobody may believe it any more. */
  readonly notOnOrAfter: number;
  /** When the session at the identity provider ends, where it says so. */
  readonly sessionNotOnOrAfter: number | undefined;
  readonly sessionIndex: string | undefined;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

const success = "urn:oasis:names:tc:SAML:2.0:status:Success";
const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** The one assertion of a samlp:Response, given in base64. Refuses with a SamlError. */
export function verifyResponse(base64: string, expected: Expectations): VerifiedAssertion {
  const response = parseXml(decodeUtf8(decodeBase64(base64)));
  if (!isNamed(response, "protocol", "Response")) throw malformed("This is no Response.");
  checkStatus(response);
  checkPlaces(response);
  const assertion = believedAssertion(response, expected);
  checkRequest(response, expected);
  return readAssertion(assertion, expected);
}

/**
 * Signature wrapping (Somorovsky et al., "On Breaking SAML", 2012) keeps a signed element somewhere and has another one
 * read. So there is one assertion, one place for it, and no signature anywhere but in what it signs.
 */
function checkPlaces(response: XmlElement): void {
  checkIds(response);
  const assertions = elementsOf(response).filter(isAssertion);
  if (assertions.length !== 1) throw malformed("There is not exactly one assertion.");
  refuseMisplaced(response, (node) => node === assertions[0] || isSignatureOf(node, response, assertions[0]));
}

const placed: ReadonlySet<string> = new Set(["Response", "Assertion", "EncryptedAssertion", "Signature"]);

/** Whatever their namespace: other readers than this one might not look at it. */
function refuseMisplaced(root: XmlElement, isInPlace: (element: XmlElement) => boolean): void {
  for (const element of descendants(root)) {
    if (placed.has(element.localName) && !isInPlace(element)) {
      throw malformed("There is a message, an assertion or a signature where none belongs.");
    }
  }
}

function isSignatureOf(element: XmlElement, ...owners: readonly (XmlElement | undefined)[]): boolean {
  return element.localName === "Signature" && owners.includes(element.parent);
}

function isAssertion(element: XmlElement): boolean {
  return isNamed(element, "assertion", "Assertion") || isNamed(element, "assertion", "EncryptedAssertion");
}

/** The assertion, parsed from what a trusted key has signed. */
function believedAssertion(response: XmlElement, expected: Expectations): XmlElement {
  const outer = optionalChild(response, "signature", "Signature");
  const signedResponse = outer && verifiedElement(response, outer, expected);
  if (signedResponse !== undefined) checkResponse(signedResponse, expected);
  const encrypted = optionalChild(response, "assertion", "EncryptedAssertion");
  if (encrypted === undefined && expected.encryption === "required") {
    throw new SamlError("unencrypted", "The assertion is not encrypted.");
  }
  if (encrypted !== undefined) return openedAssertion(encrypted, signedResponse, expected);
  const assertion = requiredChild(response, "assertion", "Assertion");
  const inner = optionalChild(assertion, "signature", "Signature");
  if (inner !== undefined) return verifiedElement(assertion, inner, expected);
  if (signedResponse === undefined || expected.signed === "assertion") throw unsigned();
  return requiredChild(signedResponse, "assertion", "Assertion");
}

/**
 * From a changed ciphertext in CBC mode one could learn the plain text, byte by byte, if it showed whether the padding, the
 * XML or the signature in it was wrong (Jager and Somorovsky, 2011). So it does not show.
 */
function openedAssertion(
  encrypted: XmlElement,
  signedResponse: XmlElement | undefined,
  expected: Expectations,
): XmlElement {
  const source =
    signedResponse === undefined ? encrypted : requiredChild(signedResponse, "assertion", "EncryptedAssertion");
  const opened = decryptElement(source, expected.privateKeys);
  try {
    if (opened === undefined) throw malformed("No key opens the assertion.");
    const assertion = parseXml(decodeUtf8(opened));
    if (!isNamed(assertion, "assertion", "Assertion")) throw malformed("What is encrypted is no assertion.");
    checkIds(assertion);
    refuseMisplaced(assertion, (node) => isSignatureOf(node, assertion));
    const inner = optionalChild(assertion, "signature", "Signature");
    if (inner !== undefined) return verifiedElement(assertion, inner, expected);
    if (signedResponse === undefined || expected.signed === "assertion") throw unsigned();
    return assertion;
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    throw new SamlError("signature", "The encrypted assertion cannot be opened, or nobody trusted signed it.");
  }
}

function unsigned(): SamlError {
  return new SamlError("unsigned", "The assertion is not signed.");
}

/** Not under the assertion's signature: it can only make things worse for who sends it. A failure has no assertion. */
function checkStatus(response: XmlElement): void {
  const status = requiredChild(response, "protocol", "Status");
  if (attributeOf(requiredChild(status, "protocol", "StatusCode"), "Value") !== success) {
    throw new SamlError("status", "The identity provider reports a failure.");
  }
}

/** SAML core, 3.2.2, and bindings, 3.5.5.2: what a signed response says of itself. */
function checkResponse(response: XmlElement, { issuers, isRecipient }: Expectations): void {
  const issuer = optionalChild(response, "assertion", "Issuer");
  if (issuer !== undefined && !issuers.includes(textOf(issuer).trim())) {
    throw new SamlError("issuer", "The response is another provider's.");
  }
  const destination = attributeOf(response, "Destination");
  if (destination !== undefined && !isRecipient(destination)) {
    throw new SamlError("recipient", "The response was sent elsewhere.");
  }
}

/** Of the response, which may not be signed, and of what confirms the subject, which is. */
function checkRequest(answer: XmlElement, { inResponseTo }: Expectations): void {
  if (inResponseTo !== undefined && (attributeOf(answer, "InResponseTo") ?? null) !== inResponseTo) {
    throw new SamlError("request", "This answers another request.");
  }
}

/** SAML core, 2.3 to 2.7, and profiles, 4.1.4: a bearer assertion. `assertion` is parsed from verified text. */
function readAssertion(assertion: XmlElement, expected: Expectations): VerifiedAssertion {
  if (!isNamed(assertion, "assertion", "Assertion") || attributeOf(assertion, "Version") !== "2.0") {
    throw malformed("This is no assertion of SAML 2.0.");
  }
  const id = attributeOf(assertion, "ID");
  const issuedAt = timeOf(assertion, "IssueInstant");
  if (id === undefined || issuedAt === undefined) throw malformed("The assertion has no ID or no IssueInstant.");
  const issuer = textOf(requiredChild(assertion, "assertion", "Issuer")).trim();
  if (!expected.issuers.includes(issuer)) throw new SamlError("issuer", "The assertion is another provider's.");

  const subject = requiredChild(assertion, "assertion", "Subject");
  const nameId = requiredChild(subject, "assertion", "NameID");
  const confirmation = requiredChild(subject, "assertion", "SubjectConfirmation");
  if (attributeOf(confirmation, "Method") !== bearer) throw malformed("The subject is not confirmed by bearer.");
  const confirmed = requiredChild(confirmation, "assertion", "SubjectConfirmationData");
  const recipient = attributeOf(confirmed, "Recipient");
  const confirmedUntil = timeOf(confirmed, "NotOnOrAfter");
  // Without either, whoever gets hold of it could use it anywhere, for good (SAML profiles, 4.1.4.2).
  if (recipient === undefined || confirmedUntil === undefined) throw malformed("The bearer is not bounded.");

  const conditions = requiredChild(assertion, "assertion", "Conditions");
  const statements = childrenOf(assertion, "assertion", "AuthnStatement");
  if (statements.length === 0) throw malformed("There is no AuthnStatement.");
  const sessionEnds = statements.flatMap((statement) => timeOf(statement, "SessionNotOnOrAfter") ?? []);
  const sessionNotOnOrAfter = sessionEnds.length === 0 ? undefined : Math.min(...sessionEnds);
  const notOnOrAfter = Math.min(confirmedUntil, timeOf(conditions, "NotOnOrAfter") ?? confirmedUntil);

  checkTimes(expected, {
    notBefore: [issuedAt, timeOf(conditions, "NotBefore"), timeOf(confirmed, "NotBefore")],
    notOnOrAfter: [notOnOrAfter, sessionNotOnOrAfter],
  });
  checkAudience(conditions, expected);
  if (!expected.isRecipient(recipient)) throw new SamlError("recipient", "The assertion was sent elsewhere.");
  checkRequest(confirmed, expected);
  const name = textOf(nameId);
  const nameQualifier = attributeOf(nameId, "NameQualifier");
  const spNameQualifier = attributeOf(nameId, "SPNameQualifier");
  const attributes = readAttributes(assertion);
  if (!expected.fourByteUtf8 && [name, ...[...attributes.values()].flat()].some(hasFourByteUtf8)) {
    throw malformed("A value holds a character of four bytes.");
  }
  return {
    id,
    issuer,
    issuedAt,
    subject: {
      nameId: name,
      format: attributeOf(nameId, "Format"),
      ...(nameQualifier !== undefined && { nameQualifier }),
      ...(spNameQualifier !== undefined && { spNameQualifier }),
    },
    recipient,
    notOnOrAfter,
    sessionNotOnOrAfter,
    sessionIndex: statements.map((statement) => attributeOf(statement, "SessionIndex")).find((index) => index),
    attributes,
  };
}

/** Beyond the basic plane. */
function hasFourByteUtf8(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

function checkTimes(
  { now, clockSkew }: Expectations,
  times: { notBefore: readonly (number | undefined)[]; notOnOrAfter: readonly (number | undefined)[] },
): void {
  if (times.notOnOrAfter.some((end) => end !== undefined && now >= end)) {
    throw new SamlError("expired", "The assertion has expired.");
  }
  if (times.notBefore.some((start) => start !== undefined && now + clockSkew < start)) {
    throw new SamlError("early", "The assertion is not valid yet.");
  }
}

/** SAML core, 2.5.1.4: each restriction must name one of ours. A condition of another kind cannot be judged (2.5.1.3). */
function checkAudience(conditions: XmlElement, { isAudience }: Expectations): void {
  const restrictions = childrenOf(conditions, "assertion", "AudienceRestriction");
  const known = ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"];
  const all = elementsOf(conditions);
  if (!all.every((condition) => known.some((name) => isNamed(condition, "assertion", name)))) {
    throw malformed("There is a condition of a kind that is not known.");
  }
  const isForUs = (restriction: XmlElement) =>
    childrenOf(restriction, "assertion", "Audience").some((audience) => isAudience(textOf(audience).trim()));
  if (restrictions.length === 0 || !restrictions.every(isForUs)) {
    throw new SamlError("audience", "The assertion is for another audience.");
  }
}

function readAttributes(assertion: XmlElement): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, string[]>();
  for (const statement of childrenOf(assertion, "assertion", "AttributeStatement")) {
    for (const attribute of childrenOf(statement, "assertion", "Attribute")) {
      const name = attributeOf(attribute, "Name");
      if (name === undefined) throw malformed("An attribute has no name.");
      const values = childrenOf(attribute, "assertion", "AttributeValue").map(textOf);
      attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
    }
  }
  return attributes;
}
