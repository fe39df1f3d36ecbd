import { X509Certificate } from "node:crypto";
import { malformed } from "../saml/saml-error.ts";
import { attributeOf, childrenOf, descendants, isNamed, textOf, type XmlElement } from "../saml/xml.ts";
import { parseXml } from "../saml/xml-parser.ts";

/** A service provider as its metadata describes it. */
export interface ServiceProvider {
  readonly entityId: string;
  /** PEM. */
  readonly signingCertificates: readonly string[];
  readonly encryptionCertificates: readonly string[];
  /** Where responses may be posted, the default first. */
  readonly consumers: readonly string[];
  /** By HTTP-Redirect. */
  readonly singleLogout: string | undefined;
  readonly singleLogoutResponse: string | undefined;
}

const post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/** SAML metadata, 2.4.4. */
export function readServiceProvider(text: string): ServiceProvider {
  const root = parseXml(text);
  const [role] = childrenOf(root, "metadata", "SPSSODescriptor");
  const entityId = attributeOf(root, "entityID");
  if (!isNamed(root, "metadata", "EntityDescriptor") || role === undefined || entityId === undefined) {
    throw malformed("This is no metadata of a service provider.");
  }
  const consumers = childrenOf(role, "metadata", "AssertionConsumerService").filter(
    (each) => attributeOf(each, "Binding") === post,
  );
  consumers.sort((a, b) => rank(a) - rank(b));
  const logout = childrenOf(role, "metadata", "SingleLogoutService").find(
    (each) => attributeOf(each, "Binding") === redirect,
  );
  const singleLogout = logout && attributeOf(logout, "Location");
  return {
    entityId,
    signingCertificates: certificatesFor(role, "signing"),
    encryptionCertificates: certificatesFor(role, "encryption").filter(isRsa),
    consumers: consumers.flatMap((each) => attributeOf(each, "Location") ?? []),
    singleLogout,
    singleLogoutResponse: (logout && attributeOf(logout, "ResponseLocation")) ?? singleLogout,
  };
}

function rank(consumer: XmlElement): number {
  return attributeOf(consumer, "isDefault") === "true" ? 0 : 1;
}

function certificatesFor(role: XmlElement, use: string): string[] {
  return childrenOf(role, "metadata", "KeyDescriptor")
    .filter((key) => (attributeOf(key, "use") ?? use) === use)
    .flatMap((key) => [...descendants(key)])
    .filter((element) => isNamed(element, "signature", "X509Certificate"))
    .map((element) => readCertificate(textOf(element)));
}

/** As PEM; from PEM, or from bare base64 as GetSigningCertificate answers it. */
export function readCertificate(text: string): string {
  try {
    const isPem = text.includes("-----BEGIN");
    return new X509Certificate(isPem ? text : Buffer.from(text.replaceAll(/\s/g, ""), "base64")).toString();
  } catch {
    throw malformed("This is no certificate.");
  }
}

/** Nothing else can be encrypted to with RSA-OAEP. */
export function isRsa(certificate: string): boolean {
  return new X509Certificate(certificate).publicKey.asymmetricKeyType === "rsa";
}

/** For a person who wants to know which one it was. */
export function serialNumberOf(certificate: string): string {
  return new X509Certificate(certificate).serialNumber;
}
