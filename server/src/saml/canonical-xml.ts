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
  const isExclusive = form.method === "exclusive";
  const isInherited = (prefix: string) => !isExclusive || form.inclusivePrefixes.has(prefix);
  /** What the output says of each prefix so far. */
  const rendered = new Map<string, string>();
  // A long text in the end is made of its parts once; a list of parts would be kept and joined beside.
  let out = "";
  const bound = () => {
    if (out.length > longestCanonicalText) throw malformed("The canonical XML is too long.");
  };

  const write = (element: XmlElement, inherited: readonly NamespaceDeclaration[], more: readonly XmlAttribute[]) => {
    let before: [prefix: string, uri: string | undefined][] | undefined;
    const added: NamespaceDeclaration[] = [];
    const render = (prefix: string, uri: string) => {
      const current = rendered.get(prefix);
      // `xml` needs no declaration, and no default namespace is what there is without one.
      if ((current ?? "") === uri || prefix === "xml") return;
      before ??= [];
      before.push([prefix, current]);
      rendered.set(prefix, uri);
      added.push({ prefix, uri });
    };
    for (const { prefix, uri } of inherited) if (isInherited(prefix)) render(prefix, uri);
    if (isExclusive) {
      render(element.prefix, element.namespace);
      for (const { prefix, namespace } of element.attributes) if (prefix !== "") render(prefix, namespace);
    }
    out += `<${element.name}`;
    if (added.length > 1) added.sort((one, other) => compare(one.prefix, other.prefix));
    for (const { prefix, uri } of added) {
      out += ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escapedAttribute(uri)}"`;
      bound();
    }
    for (const { prefix, localName, value } of inOrder(element.attributes, more)) {
      out += ` ${prefix === "" ? "" : `${prefix}:`}${localName}="${escapedAttribute(value)}"`;
      bound();
    }
    out += ">";
    for (const child of element.children) {
      if (typeof child === "string") out += escapedText(child);
      else if (child !== without) write(child, child.declarations, []);
      bound();
    }
    out += `</${element.name}>`;
    if (before === undefined) return;
    for (const [prefix, uri] of before) {
      if (uri === undefined) rendered.delete(prefix);
      else rendered.set(prefix, uri);
    }
  };
  write(apex, inScope(apex), isExclusive ? [] : inheritedAttributes(apex));
  bound();
  return out;
}

function inOrder(attributes: readonly XmlAttribute[], more: readonly XmlAttribute[]): readonly XmlAttribute[] {
  if (more.length === 0 && attributes.length < 2) return attributes;
  return [...attributes, ...more].sort(compareAttributes);
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
