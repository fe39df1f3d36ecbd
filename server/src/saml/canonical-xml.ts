import { malformed } from "./saml-error.ts";
import type { NamespaceDeclaration, XmlAttribute, XmlElement } from "./xml.ts";

/** Canonical XML 1.0 ("inclusive") and Exclusive XML Canonicalization 1.0, both without comments. */
export interface CanonicalForm {
  readonly method: "exclusive" | "inclusive";
  /** Exclusive: the prefixes that are treated as inclusive treats all (InclusiveNamespaces, 3); "" is the default one. */
  readonly inclusivePrefixes: ReadonlySet<string>;
}

/**
 * In UTF-16 code units. Exclusive XML Canonicalization writes a namespace again at every element that uses it: a short text
 * with one long name in it could become a thousand times as long.
 */
export const longestCanonicalText = 400_000;

/** The canonical text of the element and of what is in it, `without` one of its descendants. */
export function canonicalText(apex: XmlElement, form: CanonicalForm, without?: XmlElement): string {
  return new Canonicalizer(form, without).text(apex);
}

const none: never[] = [];

interface Added extends NamespaceDeclaration {
  /** What the output has said of the prefix so far. */
  readonly before: string | undefined;
}

class Canonicalizer {
  readonly #isExclusive: boolean;
  readonly #inclusivePrefixes: ReadonlySet<string>;
  readonly #without: XmlElement | undefined;
  /** What the output says of each prefix so far. */
  readonly #rendered = new Map<string, string>();
  // A long text in the end is made of its parts once; a list of parts would be kept and joined beside.
  #out = "";

  constructor({ method, inclusivePrefixes }: CanonicalForm, without: XmlElement | undefined) {
    this.#isExclusive = method === "exclusive";
    this.#inclusivePrefixes = inclusivePrefixes;
    this.#without = without;
  }

  text(apex: XmlElement): string {
    this.#write(apex, inScope(apex), this.#isExclusive ? none : inheritedAttributes(apex));
    this.#bound();
    return this.#out;
  }

  #bound(): void {
    if (this.#out.length > longestCanonicalText) throw malformed("The canonical XML is too long.");
  }

  #write(element: XmlElement, inherited: readonly NamespaceDeclaration[], more: readonly XmlAttribute[]): void {
    const { name, children } = element;
    const added = this.#added(element, inherited);
    this.#out += `<${name}`;
    if (added !== none) this.#writeDeclarations(added);
    if (element.attributes.length + more.length > 0) this.#writeAttributes(inOrder(element.attributes, more));
    this.#out += ">";
    for (const child of children) {
      if (typeof child === "string") this.#out += escapedText(child);
      else if (child !== this.#without) this.#write(child, child.declarations, none);
      this.#bound();
    }
    this.#out += `</${name}>`;
    if (added !== none) this.#forget(added);
  }

  #writeDeclarations(added: readonly Added[]): void {
    for (const { prefix, uri } of added) {
      this.#out += ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escapedAttribute(uri)}"`;
      this.#bound();
    }
  }

  #writeAttributes(attributes: readonly XmlAttribute[]): void {
    for (const { prefix, localName, value } of attributes) {
      const name = prefix === "" ? localName : `${prefix}:${localName}`;
      this.#out += ` ${name}="${escapedAttribute(value)}"`;
      this.#bound();
    }
  }

  #forget(added: readonly Added[]): void {
    for (const { prefix, before } of added) {
      if (before === undefined) this.#rendered.delete(prefix);
      else this.#rendered.set(prefix, before);
    }
  }

  /** The declarations that the element needs and that the output does not have, in their order. */
  #added(element: XmlElement, inherited: readonly NamespaceDeclaration[]): readonly Added[] {
    let added: Added[] = none;
    for (const { prefix, uri } of inherited) {
      if (!this.#isExclusive || this.#inclusivePrefixes.has(prefix)) added = this.#render(added, prefix, uri);
    }
    if (this.#isExclusive) {
      added = this.#render(added, element.prefix, element.namespace);
      for (const { prefix, namespace } of element.attributes) {
        if (prefix !== "") added = this.#render(added, prefix, namespace);
      }
    }
    if (added.length > 1) added.sort((one, other) => compare(one.prefix, other.prefix));
    return added;
  }

  #render(added: Added[], prefix: string, uri: string): Added[] {
    const before = this.#rendered.get(prefix);
    // `xml` needs no declaration, and no default namespace is what there is without one.
    if ((before ?? "") === uri || prefix === "xml") return added;
    this.#rendered.set(prefix, uri);
    const one = { prefix, uri, before };
    if (added === none) return [one];
    added.push(one);
    return added;
  }
}

function inOrder(attributes: readonly XmlAttribute[], more: readonly XmlAttribute[]): readonly XmlAttribute[] {
  if (more.length === 0 && isInOrder(attributes)) return attributes;
  return [...attributes, ...more].sort(compareAttributes);
}

function isInOrder(attributes: readonly XmlAttribute[]): boolean {
  for (let at = 1; at < attributes.length; at++) {
    const [one, other] = [attributes[at - 1], attributes[at]];
    if (one !== undefined && other !== undefined && compareAttributes(one, other) > 0) return false;
  }
  return true;
}

/** What is declared on the element and around it, the innermost of each prefix. */
function inScope(apex: XmlElement): NamespaceDeclaration[] {
  const found = new Map<string, NamespaceDeclaration>();
  for (let element: XmlElement | undefined = apex; element !== undefined; element = element.parent) {
    for (const declaration of element.declarations) {
      if (!found.has(declaration.prefix)) found.set(declaration.prefix, declaration);
    }
  }
  return [...found.values()];
}

/** Canonical XML 1.0, 2.4: `xml:lang` and its like, from around the element, where it has none itself. */
function inheritedAttributes(apex: XmlElement): XmlAttribute[] {
  const seen = new Set(apex.attributes.filter(({ prefix }) => prefix === "xml").map(({ localName }) => localName));
  const found: XmlAttribute[] = [];
  for (let element = apex.parent; element !== undefined; element = element.parent) {
    for (const attribute of element.attributes) {
      if (attribute.prefix !== "xml" || seen.has(attribute.localName)) continue;
      seen.add(attribute.localName);
      found.push(attribute);
    }
  }
  return found;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** By namespace, those of none first, and then by name. */
function compareAttributes(one: XmlAttribute, other: XmlAttribute): number {
  return compare(one.namespace, other.namespace) || compare(one.localName, other.localName);
}

const textEscapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;" };
const attributeEscapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

function escapedText(text: string): string {
  return /[&<>\r]/.test(text) ? text.replaceAll(/[&<>\r]/g, (character) => textEscapes[character] ?? character) : text;
}

function escapedAttribute(value: string): string {
  return /[&<"\t\n\r]/.test(value)
    ? value.replaceAll(/[&<"\t\n\r]/g, (character) => attributeEscapes[character] ?? character)
    : value;
}
