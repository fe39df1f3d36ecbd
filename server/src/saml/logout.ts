import type { KeyObject } from "node:crypto";
import { decodeBase64, decodeUtf8 } from "./base64.ts";
import { decryptElement } from "./encryption.ts";
import { openRedirect, type ReceivedRedirect, verifyRedirect } from "./redirect-binding.ts";
import { malformed, SamlError } from "./saml-error.ts";
import { verifiedElement } from "./signature.ts";
import type { Trust } from "./trusted-keys.ts";
import { escapeXml, writeAttribute, writeTime } from "./write-xml.ts";
import {
  attributeOf,
  checkIds,
  childrenOf,
  isNamed,
  namespaces,
  optionalChild,
  requiredChild,
  textOf,
  timeOf,
  type XmlElement,
} from "./xml.ts";
import { parseXml } from "./xml-parser.ts";

const status = "urn:oasis:names:tc:SAML:2.0:status:";

interface OutgoingMessage {
  /** An xs:ID, so it begins with a letter or `_`. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly issueInstant: number;
  /** Where it is sent. */
  readonly destination: string;
  /** The entity id of the service provider. */
  readonly issuer: string;
}

export interface LogoutRequest extends OutgoingMessage {
  readonly nameId: string;
  /** As the assertion of the sign-in had it. */
  readonly nameIdFormat?: string | undefined;
  readonly nameQualifier?: string | undefined;
  readonly spNameQualifier?: string | undefined;
  readonly sessionIndex?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly notOnOrAfter?: number | undefined;
}

/** SAML core, 3.7.1. */
export function logoutRequest(request: LogoutRequest): string {
  const { nameId, sessionIndex, notOnOrAfter } = request;
  const end = writeAttribute("NotOnOrAfter", notOnOrAfter === undefined ? undefined : writeTime(notOnOrAfter));
  const qualified = [
    writeAttribute("NameQualifier", request.nameQualifier),
    writeAttribute("SPNameQualifier", request.spNameQualifier),
    writeAttribute("Format", request.nameIdFormat),
  ];
  const name = `<saml:NameID${qualified.join("")}>${escapeXml(nameId)}</saml:NameID>`;
  const index = sessionIndex === undefined ? "" : `<samlp:SessionIndex>${escapeXml(sessionIndex)}</samlp:SessionIndex>`;
  return written("LogoutRequest", request, end, name + index);
}

export interface LogoutResponse extends OutgoingMessage {
  /** The id of the request that it answers. */
  readonly inResponseTo: string;
  readonly isSuccess: boolean;
}

/** SAML core, 3.7.2. What did not work is the service provider's own affair: Responder. */
export function logoutResponse(response: LogoutResponse): string {
  const { inResponseTo, isSuccess } = response;
  const code = writeAttribute("Value", `${status}${isSuccess ? "Success" : "Responder"}`);
  return written(
    "LogoutResponse",
    response,
    writeAttribute("InResponseTo", inResponseTo),
    `<samlp:Status><samlp:StatusCode${code}/></samlp:Status>`,
  );
}

function written(name: string, message: OutgoingMessage, attributes: string, inside: string): string {
  const { id, issueInstant, destination, issuer } = message;
  const common = [
    writeAttribute("ID", id),
    writeAttribute("Version", "2.0"),
    writeAttribute("IssueInstant", writeTime(issueInstant)),
    writeAttribute("Destination", destination),
  ];
  return `<samlp:${name} xmlns:samlp="${namespaces.protocol}" xmlns:saml="${namespaces.assertion}"${common.join("")}${attributes}><saml:Issuer>${escapeXml(issuer)}</saml:Issuer>${inside}</samlp:${name}>`;
}

/** How a message came: in a URL, `query` exactly as it was sent, or in a form, `message` in base64. */
export type SentMessage =
  | { readonly binding: "redirect"; readonly query: string }
  | { readonly binding: "post"; readonly message: string };

/** A message of single logout that nobody has verified: what it claims says whose certificates to try, and nothing else. */
export interface ReceivedMessage {
  readonly kind: "LogoutRequest" | "LogoutResponse";
  readonly claimedIssuer: string;
  readonly relayState: string | undefined;
  readonly root: XmlElement;
  /** Undefined for one that came in a form: its signature is in the XML. */
  readonly redirect: ReceivedRedirect | undefined;
}

/** What a message must be for its reader to believe it. */
export interface LogoutExpectations extends Trust {
  /** The entity ids of the identity provider. */
  readonly issuers: readonly string[];
  readonly isDestination: (location: string) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How far, in milliseconds, the identity provider's clock may be off. */
  readonly clockSkew: number;
}

export interface VerifiedLogoutRequest {
  readonly id: string;
  readonly issuer: string;
  readonly subject: { readonly nameId: string; readonly format: string | undefined };
  /** None: every session of the subject. */
  readonly sessionIndexes: readonly string[];
}

export interface VerifiedLogoutResponse {
  readonly inResponseTo: string;
  readonly isSuccess: boolean;
}

/** What messages of single logout say is of the moment: whoever finds an old one must not sign anybody out with it. */
const longestOnTheWay = 300_000;

export function openMessage(sent: SentMessage): ReceivedMessage {
  const redirect = sent.binding === "redirect" ? openRedirect(sent.query) : undefined;
  const text = sent.binding === "redirect" ? (redirect?.text ?? "") : decodeUtf8(decodeBase64(sent.message));
  const root = parseXml(text);
  const kind = (["LogoutRequest", "LogoutResponse"] as const).find((name) => isNamed(root, "protocol", name));
  if (kind === undefined) throw malformed("This is no message of single logout.");
  const isResponse = kind === "LogoutResponse";
  if (redirect !== undefined && isResponse !== (redirect.parameter === "SAMLResponse")) {
    throw malformed("The message is not the parameter's.");
  }
  return { kind, claimedIssuer: issuerOf(root), relayState: redirect?.relayState, root, redirect };
}

/** SAML profiles, 4.4.4.1. */
export function readLogoutRequest(
  received: ReceivedMessage,
  /** `privateKeys`: what the identity provider may have encrypted the subject for. */
  expected: LogoutExpectations & { readonly privateKeys: readonly KeyObject[] },
): VerifiedLogoutRequest {
  const { root, id, issuer } = believed(received, "LogoutRequest", expected);
  const end = timeOf(root, "NotOnOrAfter");
  if (end !== undefined && expected.now >= end + expected.clockSkew) {
    throw new SamlError("expired", "The request has expired.");
  }
  const nameId = subjectOf(root, expected.privateKeys);
  return {
    id,
    issuer,
    subject: { nameId: textOf(nameId), format: attributeOf(nameId, "Format") },
    sessionIndexes: childrenOf(root, "protocol", "SessionIndex").map(textOf),
  };
}

/** SAML profiles, 4.4.4.2. `inResponseTo` is the id of the request that was sent. */
export function readLogoutResponse(
  received: ReceivedMessage,
  expected: LogoutExpectations & { readonly inResponseTo: string },
): VerifiedLogoutResponse {
  const { root } = believed(received, "LogoutResponse", expected);
  if (attributeOf(root, "InResponseTo") !== expected.inResponseTo) {
    throw new SamlError("request", "The response answers another request.");
  }
  const outcome = requiredChild(requiredChild(root, "protocol", "Status"), "protocol", "StatusCode");
  return { inResponseTo: expected.inResponseTo, isSuccess: attributeOf(outcome, "Value") === `${status}Success` };
}

/** The message as a trusted key has signed it, for here and for now. */
function believed(
  received: ReceivedMessage,
  kind: ReceivedMessage["kind"],
  expected: LogoutExpectations,
): { readonly root: XmlElement; readonly id: string; readonly issuer: string } {
  if (received.kind !== kind) throw malformed(`This is no ${kind}.`);
  const root = verifiedRoot(received, expected);
  const id = attributeOf(root, "ID");
  const issuedAt = timeOf(root, "IssueInstant");
  if (id === undefined || issuedAt === undefined || attributeOf(root, "Version") !== "2.0") {
    throw malformed("This is no message of SAML 2.0.");
  }
  const issuer = issuerOf(root);
  if (!expected.issuers.includes(issuer)) throw new SamlError("issuer", "The message is another provider's.");
  // SAML bindings, 3.4.5.2 and 3.5.5.2: whatever is signed says where it goes.
  const destination = attributeOf(root, "Destination");
  if (destination === undefined || !expected.isDestination(destination)) {
    throw new SamlError("recipient", "The message was sent elsewhere.");
  }
  const { now, clockSkew } = expected;
  if (now + clockSkew < issuedAt) throw new SamlError("early", "The message is of the future.");
  if (now >= issuedAt + longestOnTheWay + clockSkew) throw new SamlError("expired", "The message is old.");
  return { root, id, issuer };
}

function verifiedRoot({ root, redirect }: ReceivedMessage, trust: Trust): XmlElement {
  checkIds(root);
  if (redirect !== undefined) {
    verifyRedirect(redirect, trust);
    return root;
  }
  const signature = optionalChild(root, "signature", "Signature");
  if (signature === undefined) throw new SamlError("unsigned", "The message is not signed.");
  return verifiedElement(root, signature, trust);
}

function issuerOf(root: XmlElement): string {
  return textOf(requiredChild(root, "assertion", "Issuer")).trim();
}

function subjectOf(request: XmlElement, privateKeys: readonly KeyObject[]): XmlElement {
  const encrypted = optionalChild(request, "assertion", "EncryptedID");
  if (encrypted === undefined) return requiredChild(request, "assertion", "NameID");
  const opened = decryptElement(encrypted, privateKeys);
  if (opened === undefined) throw malformed("No key opens the subject.");
  const nameId = parseXml(decodeUtf8(opened));
  if (!isNamed(nameId, "assertion", "NameID")) throw malformed("What is encrypted is no NameID.");
  return nameId;
}
