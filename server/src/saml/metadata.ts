import { X509Certificate } from "node:crypto";
import { malformed } from "./saml-error.ts";
import { attributeOf, childrenOf, descendants, elementsOf, isNamed, textOf, timeOf, type XmlElement } from "./xml.ts";
import { parseXml } from "./xml-parser.ts";

export interface SamlEndpoint {
  readonly binding: string;
  readonly location: string;
  /** Where responses go, if elsewhere (SAML metadata, 2.2.2). */
  readonly responseLocation?: string;
}

/** An identity provider as its metadata describes it. */
export interface IdentityProvider {
  readonly entityId: string;
  /** PEM, of RSA keys, expired ones among them: whether that matters is for who trusts them to say. */
  readonly signingCertificates: readonly string[];
  readonly singleSignOn: readonly SamlEndpoint[];
  readonly singleLogout: readonly SamlEndpoint[];
  /** Milliseconds since the epoch. */
  readonly validUntil: number | undefined;
}

/** A metadata of one provider has two during a rotation; each is tried for each signature. */
const mostCertificates = 20;
const shortestRsa = 1024;
/** Federations describe many entities in one document; who hands one in may be let to ten times a message. */
const bounds = { length: 2_000_000, nodes: 100_000 };

/**
 * The entities of an EntityDescriptor, or of an EntitiesDescriptor around several, that are identity providers (SAML
 * metadata, 2.3 and 2.4.3). The metadata's own signature is not looked at: who hands it in vouches for it.
 */
export function readMetadata(text: string): readonly IdentityProvider[] {
  const root = parseXml(text, bounds);
  const isMany = isNamed(root, "metadata", "EntitiesDescriptor");
  if (!isMany && !isNamed(root, "metadata", "EntityDescriptor")) throw malformed("This is no metadata.");
  const entities = isMany ? descendants(root).filter((node) => isNamed(node, "metadata", "EntityDescriptor")) : [root];
  return entities.flatMap((entity) => {
    const entityId = attributeOf(entity, "entityID");
    if (entityId === undefined) throw malformed("An entity has no entityID.");
    const roles = childrenOf(entity, "metadata", "IDPSSODescriptor");
    if (roles.length === 0) return [];
    return [
      {
        entityId,
        signingCertificates: signingCertificates(roles),
        singleSignOn: endpoints(roles, "SingleSignOnService"),
        singleLogout: endpoints(roles, "SingleLogoutService"),
        validUntil: timeOf(entity, "validUntil"),
      },
    ];
  });
}

function endpoints(roles: readonly XmlElement[], name: string): SamlEndpoint[] {
  return roles.flatMap((role) =>
    childrenOf(role, "metadata", name).map((service) => {
      const responseLocation = attributeOf(service, "ResponseLocation");
      return {
        binding: attributeOf(service, "Binding") ?? "",
        location: attributeOf(service, "Location") ?? "",
        ...(responseLocation !== undefined && { responseLocation }),
      };
    }),
  );
}

function signingCertificates(roles: readonly XmlElement[]): string[] {
  const found = new Set<string>();
  for (const descriptor of roles.flatMap((role) => childrenOf(role, "metadata", "KeyDescriptor"))) {
    // Without a use a key serves for both (SAML metadata, 2.4.1.1).
    if (attributeOf(descriptor, "use") === "encryption") continue;
    for (const info of childrenOf(descriptor, "signature", "KeyInfo").flatMap(elementsOf)) {
      for (const certificate of childrenOf(info, "signature", "X509Certificate")) {
        found.add(readCertificate(textOf(certificate)));
      }
    }
  }
  if (found.size > mostCertificates) throw malformed("There are too many certificates.");
  return [...found];
}

/** As PEM. Bare base64 in metadata, with any white space in it. */
function readCertificate(text: string): string {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(Buffer.from(text.replaceAll(/[\t\r\n ]/g, ""), "base64"));
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
    if (type !== "rsa" || (details?.modulusLength ?? 0) < shortestRsa) throw malformed("The key is not RSA.");
  } catch {
    throw malformed("A certificate cannot be read, or its key signs nothing here.");
  }
  return certificate.toString();
}
