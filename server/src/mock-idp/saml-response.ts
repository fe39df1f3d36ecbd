import type { Random } from "../runtime/random.ts";
import { writeTime } from "../saml/write-xml.ts";
import type { MockKey } from "./keys.ts";
import { randomId } from "./session.ts";
import { encryptNode, type Node, node, signNode, writeNode } from "./signed-xml.ts";
import { type MockUser, textsOf } from "./users.ts";

/** What a response answers, and where it goes. */
export interface Addressee {
  /** Our own entity id. */
  readonly issuer: string;
  /** Where it is posted. */
  readonly consumer: string;
  /** The service provider's entity id. */
  readonly audience: string;
  /** Absent where nobody has asked: a sign-in that begins here. */
  readonly inResponseTo: string | undefined;
}

export interface SignedIn {
  readonly user: MockUser;
  readonly nameId: string;
  readonly nameIdFormat: string;
  readonly sessionIndex: string;
  /** Milliseconds since the epoch. */
  readonly authenticatedAt: number;
}

export const signedParts = ["both", "assertion", "response", "nothing"] as const;
export type SignedParts = (typeof signedParts)[number];

/** Faults on request, for finding out what a service provider does about them. */
export const samlFaults = {
  "wrong-audience": "For another audience",
  "wrong-recipient": "For another recipient",
  "wrong-request": "In answer to another request",
  "wrong-issuer": "From another issuer",
  stale: "An assertion that ended ten minutes ago",
  early: "An assertion that begins in ten minutes",
  tampered: "Another name put in after signing (never encrypted)",
  plain: "Not encrypted, even where a certificate to encrypt for is known",
} as const;
export type SamlFault = keyof typeof samlFaults;

export interface Writing {
  readonly key: MockKey;
  readonly signed: SignedParts;
  readonly faults: ReadonlySet<SamlFault>;
  /** PEM: whom the assertion is encrypted for. */
  readonly encryptFor: string | undefined;
  readonly random: Random;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const minute = 60_000;
const elsewhere = "https://elsewhere.example.com/";

/** SAML profiles, 4.1.4.2. Each fault makes it wrong in one way and leaves the rest as it should be. */
export function successResponse(to: Addressee, who: SignedIn, writing: Writing): string {
  const { key, signed, faults, encryptFor, random } = writing;
  let assertion = assertionNode(to, who, writing);
  if (signed === "both" || signed === "assertion") assertion = signNode(assertion, key);
  const isPlain = encryptFor === undefined || faults.has("plain") || faults.has("tampered");
  const inside = isPlain ? assertion : encryptNode(assertion, encryptFor, random);
  const response = responseNode(to, writing, statusCode("Success"), inside);
  const text = writeNode(signed === "both" || signed === "response" ? signNode(response, key) : response);
  return faults.has("tampered") ? text.replace(/(<saml:NameID[^>]*>)[^<]*/, "$1somebody-else") : text;
}

/** SAML core, 3.2.2.2: `code` is below Responder. */
export function failureResponse(to: Addressee, code: "AuthnFailed" | "NoPassive", writing: Writing): string {
  const response = responseNode(to, writing, statusCode("Responder", statusCode(code)));
  return writeNode(writing.signed === "nothing" ? response : signNode(response, writing.key));
}

function statusCode(name: string, ...below: Node[]): Node {
  return node("samlp:StatusCode", { Value: `urn:oasis:names:tc:SAML:2.0:status:${name}` }, ...below);
}

function responseNode(to: Addressee, { random, now, faults }: Writing, status: Node, ...inside: Node[]): Node {
  return node(
    "samlp:Response",
    {
      Destination: to.consumer,
      ID: `_${randomId(random)}`,
      InResponseTo: requestId(to, faults),
      IssueInstant: writeTime(now),
      Version: "2.0",
    },
    issuerNode(to, faults),
    node("samlp:Status", {}, status),
    ...inside,
  );
}

function assertionNode(to: Addressee, who: SignedIn, { random, now, faults }: Writing): Node {
  const shift = faults.has("stale") ? -15 * minute : faults.has("early") ? 11 * minute : 0;
  const NotOnOrAfter = writeTime(now + shift + 5 * minute);
  const Recipient = faults.has("wrong-recipient") ? elsewhere : to.consumer;
  const audience = faults.has("wrong-audience") ? elsewhere : to.audience;
  const attributes = Object.entries(who.user.attributes).map(([Name, value]) =>
    node(
      "saml:Attribute",
      { Name, NameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:basic" },
      ...textsOf(value).map((text) => node("saml:AttributeValue", {}, text)),
    ),
  );
  return node(
    "saml:Assertion",
    { ID: `_${randomId(random)}`, IssueInstant: writeTime(now), Version: "2.0" },
    issuerNode(to, faults),
    node(
      "saml:Subject",
      {},
      node("saml:NameID", { Format: who.nameIdFormat }, who.nameId),
      node(
        "saml:SubjectConfirmation",
        { Method: "urn:oasis:names:tc:SAML:2.0:cm:bearer" },
        node("saml:SubjectConfirmationData", { InResponseTo: requestId(to, faults), NotOnOrAfter, Recipient }),
      ),
    ),
    node(
      "saml:Conditions",
      { NotBefore: writeTime(now + shift - minute), NotOnOrAfter },
      node("saml:AudienceRestriction", {}, node("saml:Audience", {}, audience)),
    ),
    node(
      "saml:AuthnStatement",
      { AuthnInstant: writeTime(who.authenticatedAt), SessionIndex: who.sessionIndex },
      node(
        "saml:AuthnContext",
        {},
        node("saml:AuthnContextClassRef", {}, "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"),
      ),
    ),
    // The schema asks for at least one.
    ...(attributes.length === 0 ? [] : [node("saml:AttributeStatement", {}, ...attributes)]),
  );
}

function issuerNode({ issuer }: Addressee, faults: ReadonlySet<SamlFault>): Node {
  return node("saml:Issuer", {}, faults.has("wrong-issuer") ? elsewhere : issuer);
}

function requestId({ inResponseTo }: Addressee, faults: ReadonlySet<SamlFault>): string | undefined {
  return faults.has("wrong-request") ? "_another-request" : inResponseTo;
}
