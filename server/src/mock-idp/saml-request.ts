import { decodeBase64, decodeUtf8 } from "../saml/base64.ts";
import { openRedirect, type ReceivedRedirect, verifyRedirect } from "../saml/redirect-binding.ts";
import { malformed, SamlError } from "../saml/saml-error.ts";
import { verifiedElement } from "../saml/signature.ts";
import {
  attributeOf,
  checkIds,
  isNamed,
  optionalChild,
  requiredChild,
  textOf,
  timeOf,
  type XmlElement,
} from "../saml/xml.ts";
import { parseXml } from "../saml/xml-parser.ts";

/** Somebody who is to be signed in for a service provider (SAML core, 3.4.1). */
export interface SignInRequest {
  readonly id: string;
  readonly issuer: string;
  /** Where the response is wanted. */
  readonly consumer: string | undefined;
  readonly nameIdFormat: string | undefined;
  readonly isPassive: boolean;
  /** Whom the request names. */
  readonly subject: string | undefined;
  readonly relayState: string | undefined;
  /** The certificate (PEM) whose key has signed it. */
  readonly signedBy: string | undefined;
  /** Why `signedBy` is not there: nothing is signed, or nobody knows with which certificate to check. */
  readonly unsigned: "unsigned" | "unchecked" | undefined;
}

export type SentRequest =
  | { readonly binding: "redirect"; readonly query: string }
  | { readonly binding: "post"; readonly message: string; readonly relayState: string | undefined };

export interface RequestExpectations {
  /** PEM: the certificates of the service provider of this entity id. */
  readonly certificatesOf: (issuer: string) => Promise<readonly string[]>;
  readonly requireSigned: boolean;
  readonly destination: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const clockSkew = 60_000;
const longestOnTheWay = 300_000;

export async function readSignInRequest(sent: SentRequest, expected: RequestExpectations): Promise<SignInRequest> {
  const redirect = sent.binding === "redirect" ? openRedirect(sent.query) : undefined;
  if (redirect?.parameter === "SAMLResponse") throw malformed("This is a response, and no request.");
  const root = parseXml(sent.binding === "post" ? decodeUtf8(decodeBase64(sent.message)) : (redirect?.text ?? ""));
  if (!isNamed(root, "protocol", "AuthnRequest")) throw malformed("This is no AuthnRequest.");
  checkIds(root);
  const claimed = issuerOf(root);
  const certificates = await expected.certificatesOf(claimed);
  const signature = redirect === undefined ? optionalChild(root, "signature", "Signature") : undefined;
  const isSigned = signature !== undefined || redirect?.signature !== undefined;
  if (expected.requireSigned && !isSigned) throw new SamlError("unsigned", "The request is not signed.");
  if (expected.requireSigned && certificates.length === 0) {
    throw new SamlError("signature", "No certificate of the service provider is known.");
  }
  const isChecked = isSigned && certificates.length > 0;
  const verified = isChecked ? verify(root, redirect, signature, certificates) : undefined;
  const request = verified?.root ?? root;
  checkRequest(request, isSigned, expected);
  const nameIdPolicy = optionalChild(request, "protocol", "NameIDPolicy");
  const subject = optionalChild(request, "assertion", "Subject");
  const nameId = subject && optionalChild(subject, "assertion", "NameID");
  return {
    id: attributeOf(request, "ID") ?? "",
    issuer: issuerOf(request),
    consumer: attributeOf(request, "AssertionConsumerServiceURL"),
    nameIdFormat: nameIdPolicy && attributeOf(nameIdPolicy, "Format"),
    isPassive: /^(?:true|1)$/.test(attributeOf(request, "IsPassive") ?? ""),
    subject: nameId && textOf(nameId),
    relayState: sent.binding === "post" ? sent.relayState : redirect?.relayState,
    signedBy: verified?.certificate,
    unsigned: isChecked ? undefined : isSigned ? "unchecked" : "unsigned",
  };
}

function issuerOf(root: XmlElement): string {
  return textOf(requiredChild(root, "assertion", "Issuer")).trim();
}

/** The request as a known key has signed it. One certificate after the other, to tell which one it was. */
function verify(
  root: XmlElement,
  redirect: ReceivedRedirect | undefined,
  signature: XmlElement | undefined,
  certificates: readonly string[],
): { readonly root: XmlElement; readonly certificate: string } {
  let refusal: SamlError | undefined;
  for (const certificate of certificates) {
    const trust = { certificates: [certificate], sha1: false };
    try {
      if (redirect !== undefined) verifyRedirect(redirect, trust);
      const signed = signature === undefined ? root : verifiedElement(root, signature, trust);
      return { root: signed, certificate };
    } catch (error) {
      if (!(error instanceof SamlError)) throw error;
      refusal = error;
    }
  }
  throw refusal ?? new SamlError("signature", "No trusted key made the signature.");
}

function checkRequest(request: XmlElement, isSigned: boolean, { destination, now }: RequestExpectations): void {
  const issuedAt = timeOf(request, "IssueInstant");
  const id = attributeOf(request, "ID");
  if (id === undefined || issuedAt === undefined || attributeOf(request, "Version") !== "2.0") {
    throw malformed("This is no message of SAML 2.0.");
  }
  // SAML bindings, 3.4.5.2 and 3.5.5.2: whatever is signed says where it goes.
  const sentTo = attributeOf(request, "Destination");
  if (sentTo === undefined ? isSigned : sentTo !== destination) {
    throw new SamlError("recipient", `The Destination of the request is not ${destination}.`);
  }
  if (now + clockSkew < issuedAt) throw new SamlError("early", "The request is of the future.");
  if (now >= issuedAt + longestOnTheWay + clockSkew) throw new SamlError("expired", "The request is old.");
}
