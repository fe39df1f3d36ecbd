/**
 * saml/: SAML 2.0 as a service provider reads and writes it: responses (response.ts), requests (authn-request.ts), single
 * logout (logout.ts), the redirect binding, metadata of both sides, and under them XML (this file, xml-parser.ts), its
 * canonical form (canonical-xml.ts), signatures (signature.ts) and encryption (encryption.ts). It knows no service:
 * certificates, keys, audiences and the time come in, values or a coded SamlError come out. Whatever a message says is
 * believed only as read from the very bytes that a trusted signature covers.
 */
import { malformed } from "./saml-error.ts";

/** Text has its references resolved; comments are not in the tree, so that no text ends at one. */
export interface XmlElement {
  /** As it is written, with its prefix. */
  readonly name: string;
  /** "" without. */
  readonly prefix: string;
  readonly localName: string;
  /** "" for none. */
  readonly namespace: string;
  /** Without declarations of namespaces. */
  readonly attributes: readonly XmlAttribute[];
  readonly declarations: readonly NamespaceDeclaration[];
  readonly parent: XmlElement | undefined;
  readonly children: readonly (XmlElement | string)[];
  /** Whether a comment stood among its children. */
  readonly hasComment: boolean;
}

export interface XmlAttribute {
  readonly prefix: string;
  readonly localName: string;
  /** "" without a prefix. */
  readonly namespace: string;
  readonly value: string;
}

export interface NamespaceDeclaration {
  /** "" for the default namespace. */
  readonly prefix: string;
  readonly uri: string;
}

export const namespaces = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  encryption: "http://www.w3.org/2001/04/xmlenc#",
  encryption11: "http://www.w3.org/2009/xmlenc11#",
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
} as const;

export type Namespace = keyof typeof namespaces;

/** Every element below, in the order of the document. */
export function descendants(parent: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  collect(parent, found);
  return found;
}

/** As deep as the parser lets a tree be. */
function collect({ children }: XmlElement, found: XmlElement[]): void {
  for (const child of children) {
    if (typeof child === "string") continue;
    found.push(child);
    collect(child, found);
  }
}

export function isNamed(element: XmlElement, namespace: Namespace, name: string): boolean {
  return element.localName === name && element.namespace === namespaces[namespace];
}

export function elementsOf(parent: XmlElement): XmlElement[] {
  return parent.children.filter((child) => typeof child !== "string");
}

export function childrenOf(parent: XmlElement, namespace: Namespace, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of parent.children) {
    if (typeof child !== "string" && isNamed(child, namespace, name)) found.push(child);
  }
  return found;
}

/** The one child of this name; undefined without. Two would be a choice between what was meant and what was not. */
export function optionalChild(parent: XmlElement, namespace: Namespace, name: string): XmlElement | undefined {
  let only: XmlElement | undefined;
  for (const child of parent.children) {
    if (typeof child === "string" || !isNamed(child, namespace, name)) continue;
    if (only !== undefined) throw malformed(`There is more than one ${name}.`);
    only = child;
  }
  return only;
}

export function requiredChild(parent: XmlElement, namespace: Namespace, name: string): XmlElement {
  const only = optionalChild(parent, namespace, name);
  if (only === undefined) throw malformed(`There is no ${name}.`);
  return only;
}

/** All of the text inside, as XPath's string value. */
export function textOf(element: XmlElement): string {
  let text = "";
  for (const child of element.children) text += typeof child === "string" ? child : textOf(child);
  return text;
}

/** Of no namespace, as all of SAML's are. Undefined where it is absent or empty. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return plainAttribute(element, name) || undefined;
}

function plainAttribute({ attributes }: XmlElement, name: string): string | undefined {
  for (const { localName, namespace, value } of attributes) if (localName === name && namespace === "") return value;
  return undefined;
}

/** No id twice, in whatever case and namespace: what refers to one means one element. */
export function checkIds(root: XmlElement): void {
  const seen = new Set<string>();
  const check = ({ attributes, children }: XmlElement) => {
    for (const { localName, value } of attributes) {
      if (localName.length !== 2 || localName.toLowerCase() !== "id") continue;
      if (seen.has(value)) throw malformed("An id is given twice.");
      seen.add(value);
    }
    for (const child of children) if (typeof child !== "string") check(child);
  };
  check(root);
}

const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,12})?(Z|[+-]\d\d:\d\d)?$/;

/** An xs:dateTime in milliseconds; without a zone it is UTC (SAML core, 1.3.3). Undefined where the attribute is absent. */
export function timeOf(element: XmlElement, name: string): number | undefined {
  const written = plainAttribute(element, name);
  if (written === undefined) return undefined;
  const [, seconds, fraction = "", zone = "Z"] = dateTime.exec(written) ?? [];
  const time = Date.parse(`${seconds}${fraction.slice(0, 4)}${zone}`);
  if (seconds === undefined || Number.isNaN(time)) throw malformed(`${name} is no time.`);
  return time;
}
