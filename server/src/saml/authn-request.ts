import { escapeXml, writeAttribute, writeTime } from "./write-xml.ts";
import { namespaces } from "./xml.ts";

export interface AuthnRequest {
  /** An xs:ID, so it begins with a letter or `_`. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly issueInstant: number;
  /** Where it is sent. */
  readonly destination: string;
  /** Where the response is to be posted. */
  readonly assertionConsumerServiceUrl: string;
  /** The entity id of the service provider. */
  readonly issuer: string;
  /** Whether whoever is signed in at the identity provider has to sign in anew. */
  readonly forceAuthn?: boolean | undefined;
}

/** SAML core, 3.4.1, and profiles, 4.1.4.1: it asks for whoever is signed in at the identity provider, or signs in now. */
export function authnRequest(request: AuthnRequest): string {
  const { id, issueInstant, destination, assertionConsumerServiceUrl, issuer, forceAuthn } = request;
  const attributes = [
    writeAttribute("ID", id),
    writeAttribute("Version", "2.0"),
    writeAttribute("IssueInstant", writeTime(issueInstant)),
    writeAttribute("Destination", destination),
    writeAttribute("ForceAuthn", forceAuthn === true ? "true" : undefined),
    writeAttribute("ProtocolBinding", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"),
    writeAttribute("AssertionConsumerServiceURL", assertionConsumerServiceUrl),
  ];
  return `<samlp:AuthnRequest xmlns:samlp="${namespaces.protocol}"${attributes.join("")}><saml:Issuer xmlns:saml="${namespaces.assertion}">${escapeXml(issuer)}</saml:Issuer></samlp:AuthnRequest>`;
}
