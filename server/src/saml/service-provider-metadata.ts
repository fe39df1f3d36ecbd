import { redirectBinding } from "./redirect-binding.ts";
import { escapeXml, writeAttribute } from "./write-xml.ts";
import { namespaces } from "./xml.ts";

export interface ServiceProvider {
  readonly entityId: string;
  /** Bare base64 of the DER. Each is in force; the newest first. */
  readonly signingCertificates: readonly string[];
  readonly encryptionCertificates: readonly string[];
  readonly assertionConsumerServiceUrl: string;
  readonly singleLogoutServiceUrl: string;
  readonly authnRequestsSigned: boolean;
  readonly wantAssertionsSigned: boolean;
}

const post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

/** What identity providers should encrypt with, the best first; encryption.ts opens these and more. */
const encryptionMethods = [
  "http://www.w3.org/2009/xmlenc11#aes256-gcm",
  "http://www.w3.org/2009/xmlenc11#aes128-gcm",
  "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
  "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
  "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
];

/** SAML metadata, 2.4.4: what an identity provider needs to know of a service provider, to be read by it whole. */
export function serviceProviderMetadata(provider: ServiceProvider): string {
  const flags =
    writeAttribute("AuthnRequestsSigned", String(provider.authnRequestsSigned)) +
    writeAttribute("WantAssertionsSigned", String(provider.wantAssertionsSigned));
  const keys = [
    ...provider.signingCertificates.map((certificate) => keyDescriptor("signing", certificate, [])),
    ...provider.encryptionCertificates.map((certificate) =>
      keyDescriptor("encryption", certificate, encryptionMethods),
    ),
  ];
  const logout = [redirectBinding, post].map((binding) =>
    endpoint("SingleLogoutService", binding, provider.singleLogoutServiceUrl),
  );
  const consumer = endpoint(
    "AssertionConsumerService",
    post,
    provider.assertionConsumerServiceUrl,
    ' index="0" isDefault="true"',
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${namespaces.metadata}"${writeAttribute("entityID", provider.entityId)}>
  <md:SPSSODescriptor${flags}${writeAttribute("protocolSupportEnumeration", namespaces.protocol)}>
${[...keys, ...logout, consumer].map((line) => `    ${line}\n`).join("")}  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}

function keyDescriptor(use: "signing" | "encryption", certificate: string, methods: readonly string[]): string {
  const info = `<ds:KeyInfo xmlns:ds="${namespaces.signature}"><ds:X509Data><ds:X509Certificate>${escapeXml(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
  const listed = methods.map((method) => `<md:EncryptionMethod${writeAttribute("Algorithm", method)}/>`);
  return `<md:KeyDescriptor use="${use}">${info}${listed.join("")}</md:KeyDescriptor>`;
}

function endpoint(name: string, binding: string, location: string, more = ""): string {
  return `<md:${name}${writeAttribute("Binding", binding)}${writeAttribute("Location", location)}${more}/>`;
}
