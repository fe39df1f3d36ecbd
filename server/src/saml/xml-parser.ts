import { malformed, type SamlError } from "./saml-error.ts";
import type { NamespaceDeclaration, XmlAttribute, XmlElement } from "./xml.ts";

/*
 * XML 1.0 and its namespaces, less all that SAML has no use for and that has been used against its readers: document types
 * (and so entities of one's own), processing instructions, names beyond ASCII. One pass, in time that grows as the text
 * does; the tree is bounded in depth, in width and in all.
 */

/** Real messages nest 15 deep. */
const deepest = 64;
/** Of one element, declarations of namespaces among them. */
const mostAttributes = 64;

export interface XmlBounds {
  /** In UTF-16 code units. */
  readonly length: number;
  /** Elements, attributes and references in all. */
  readonly nodes: number;
}

/** A list of a thousand groups, each with the type of its value, is two thirds of this. */
const messageBounds: XmlBounds = { length: 100_000, nodes: 3_000 };

// XML 1.0, 2.2.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const declaration = /<\?xml[\t\n ]+version[\t\n ]*=[\t\n ]*(?:"1\.0"|'1\.0')[^<>?]*\?>/y;

/** The root element. Refuses whatever is not well-formed, or more than the bounds allow, as malformed. */
export function parseXml(text: string, bounds = messageBounds): XmlElement {
  if (text.length > bounds.length) throw malformed("The XML is too long.");
  if (notXml.test(text) || !text.isWellFormed()) throw malformed("The XML holds characters that XML does not have.");
  // XML 1.0, 2.11.
  const lines = text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
  return new Parser(lines, bounds).document();
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
  readonly parent: OpenElement | undefined;
  hasComment: boolean;
}

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const bang = 0x21;
const equals = 0x3d;
const colon = 0x3a;
const quote = 0x22;
const apostrophe = 0x27;

/** By code: 2 may begin a name, 1 may be further on in one. */
const nameCodes = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_") nameCodes[character.charCodeAt(0)] = 2;
for (const character of "0123456789.-") nameCodes[character.charCodeAt(0)] = 1;

const xmlNamespace = "http://www.w3.org/XML/1998/namespace";

class Parser {
  readonly #text: string;
  readonly #bounds: XmlBounds;
  /** Of each prefix, what it stands for here: the innermost declaration last. */
  readonly #scope = new Map<string, string[]>([
    ["", [""]],
    ["xml", [xmlNamespace]],
  ]);
  #at = 0;
  #nodes = 0;
  #depth = 0;

  constructor(text: string, bounds: XmlBounds) {
    this.#text = text;
    this.#bounds = bounds;
  }

  document(): XmlElement {
    if (this.#text.startsWith("\ufeff")) this.#at = 1;
    declaration.lastIndex = this.#at;
    if (declaration.test(this.#text)) this.#at = declaration.lastIndex;
    this.#skipCommentsAndSpace();
    const root = this.#root();
    this.#skipCommentsAndSpace();
    if (this.#at < this.#text.length) throw malformed("The XML holds more than one element and comments.");
    return root;
  }

  #root(): XmlElement {
    if (this.#code() !== lessThan) throw notWellFormed();
    const root = this.#open(undefined);
    let current = root.isEmpty ? undefined : root.element;
    while (current !== undefined) {
      if (this.#code() !== lessThan) {
        append(current, this.#characters());
        continue;
      }
      const next = this.#text.charCodeAt(this.#at + 1);
      if (next === slash) current = this.#close(current);
      else if (next === bang) {
        if (this.#skipComment()) current.hasComment = true;
        else append(current, this.#cdata());
      } else {
        const { element, isEmpty }: { element: OpenElement; isEmpty: boolean } = this.#open(current);
        current.children.push(element);
        if (!isEmpty) current = element;
      }
    }
    return root.element;
  }

  /** A start tag, or the tag of an element that is empty. */
  #open(parent: OpenElement | undefined): { element: OpenElement; isEmpty: boolean } {
    this.#at++;
    const [prefix, localName, name] = this.#name();
    const attributes: { prefix: string; localName: string; namespace: string; value: string }[] = [];
    const declarations: NamespaceDeclaration[] = [];
    for (;;) {
      const hasSpace = this.#skipSpace();
      const code = this.#code();
      if (code === greaterThan || code === slash) break;
      if (!hasSpace || attributes.length + declarations.length >= mostAttributes) throw notWellFormed();
      const [attributePrefix, attributeName, whole] = this.#name();
      const value = this.#attributeValue();
      if (attributePrefix === "xmlns") declarations.push(declared(attributeName, value));
      else if (whole === "xmlns") declarations.push(declared("", value));
      else attributes.push({ prefix: attributePrefix, localName: attributeName, namespace: "", value });
    }
    this.#count(1 + attributes.length + declarations.length);
    if (this.#depth >= deepest) throw malformed("The XML is too deep.");
    if (declarations.length > 1) refuseTwice(declarations, (one, other) => one.prefix === other.prefix);
    for (const { prefix: bound, uri } of declarations) this.#declare(bound, uri);
    // A default namespace is not for attributes.
    for (const attribute of attributes) {
      if (attribute.prefix !== "") attribute.namespace = this.#resolve(attribute.prefix);
    }
    if (attributes.length > 1) refuseTwice(attributes, isSameAttribute);
    const namespace = this.#resolve(prefix);
    const element = {
      name,
      prefix,
      localName,
      namespace,
      attributes,
      declarations,
      parent,
      children: [],
      hasComment: false,
    };
    const isEmpty = this.#code() === slash;
    if (isEmpty) this.#at++;
    if (this.#code() !== greaterThan) throw notWellFormed();
    this.#at++;
    if (isEmpty) this.#undeclare(element);
    else this.#depth++;
    return { element, isEmpty };
  }

  #count(nodes: number): void {
    this.#nodes += nodes;
    if (this.#nodes > this.#bounds.nodes) throw malformed("The XML holds too much.");
  }

  #close(element: OpenElement): OpenElement | undefined {
    this.#at += 2;
    if (!this.#text.startsWith(element.name, this.#at)) throw notWellFormed();
    this.#at += element.name.length;
    this.#skipSpace();
    if (this.#code() !== greaterThan) throw notWellFormed();
    this.#at++;
    this.#undeclare(element);
    this.#depth--;
    return element.parent;
  }

  #declare(prefix: string, uri: string): void {
    const uris = this.#scope.get(prefix);
    if (uris === undefined) this.#scope.set(prefix, [uri]);
    else uris.push(uri);
  }

  #undeclare({ declarations }: XmlElement): void {
    for (const { prefix } of declarations) this.#scope.get(prefix)?.pop();
  }

  #resolve(prefix: string): string {
    const uri = this.#scope.get(prefix)?.at(-1);
    if (uri === undefined) throw malformed("A prefix of the XML is not declared.");
    return uri;
  }

  #name(): [prefix: string, localName: string, name: string] {
    const start = this.#at;
    const first = this.#ncName();
    if (this.#code() !== colon) return ["", first, first];
    this.#at++;
    const second = this.#ncName();
    return [first, second, this.#text.slice(start, this.#at)];
  }

  #ncName(): string {
    const text = this.#text;
    const start = this.#at;
    if (nameCodes[this.#code()] !== 2) throw notWellFormed();
    let at = start + 1;
    while (at < text.length && (nameCodes[text.charCodeAt(at)] ?? 0) > 0) at++;
    this.#at = at;
    return text.slice(start, at);
  }

  #attributeValue(): string {
    this.#skipSpace();
    if (this.#code() !== equals) throw notWellFormed();
    this.#at++;
    this.#skipSpace();
    const code = this.#code();
    const end =
      code === quote || code === apostrophe ? this.#text.indexOf(code === quote ? '"' : "'", this.#at + 1) : -1;
    if (end === -1) throw notWellFormed();
    const value = this.#text.slice(this.#at + 1, end);
    if (value.includes("<")) throw notWellFormed();
    this.#at = end + 1;
    // XML 1.0, 3.3.3: not those that a reference stands for.
    return this.#resolved(/[\t\n]/.test(value) ? value.replaceAll(/[\t\n]/g, " ") : value);
  }

  #characters(): string {
    const end = this.#text.indexOf("<", this.#at);
    if (end === -1) throw notWellFormed();
    const text = this.#text.slice(this.#at, end);
    if (text.includes("]]>")) throw notWellFormed();
    this.#at = end;
    return this.#resolved(text);
  }

  #resolved(text: string): string {
    let from = text.indexOf("&");
    if (from === -1) return text;
    let resolved = text.slice(0, from);
    while (from !== -1) {
      const end = text.indexOf(";", from);
      if (end === -1 || end - from - 1 > longestReference) throw notWellFormed();
      this.#count(1);
      const next = text.indexOf("&", end);
      resolved += characterOf(text.slice(from + 1, end)) + text.slice(end + 1, next === -1 ? text.length : next);
      from = next;
    }
    return resolved;
  }

  #cdata(): string {
    // Entities multiply and read files; SAML has no use for a document type.
    if (!this.#text.startsWith("<![CDATA[", this.#at)) throw malformed("The XML holds a document type.");
    const start = this.#at + 9;
    const end = this.#text.indexOf("]]>", start);
    if (end === -1) throw notWellFormed();
    this.#at = end + 3;
    return this.#text.slice(start, end);
  }

  #skipComment(): boolean {
    if (!this.#text.startsWith("<!--", this.#at)) return false;
    const end = this.#text.indexOf("--", this.#at + 4);
    if (end === -1 || this.#text.charCodeAt(end + 2) !== greaterThan) throw notWellFormed();
    this.#at = end + 3;
    return true;
  }

  #skipCommentsAndSpace(): void {
    do this.#skipSpace();
    while (this.#skipComment());
  }

  #skipSpace(): boolean {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    this.#at = at;
    return at > start;
  }

  /** 0, which is in no text, at the end. */
  #code(): number {
    return this.#at < this.#text.length ? this.#text.charCodeAt(this.#at) : 0;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09;
}

/** What a comment or the edge of a CDATA section divides is one text. */
function append({ children }: OpenElement, text: string): void {
  const last = children.at(-1);
  if (typeof last === "string") children[children.length - 1] = last + text;
  else if (text !== "") children.push(text);
}

/** Namespaces in XML 1.0, 3 and 5: what is said of `xml` and `xmlns`, and that a prefix cannot be undeclared. */
function declared(prefix: string, uri: string): NamespaceDeclaration {
  const isXml = prefix === "xml" || uri === xmlNamespace;
  const isWrong = isXml ? prefix !== "xml" || uri !== xmlNamespace : prefix !== "" && uri === "";
  if (isWrong || prefix === "xmlns" || uri === "http://www.w3.org/2000/xmlns/") throw notWellFormed();
  return { prefix, uri };
}

/** Among at most as many as an element may have. */
function refuseTwice<T>(list: readonly T[], isSame: (one: T, other: T) => boolean): void {
  for (let index = 1; index < list.length; index++) {
    const one = list[index];
    for (let before = 0; before < index; before++) {
      const other = list[before];
      if (one !== undefined && other !== undefined && isSame(one, other)) throw notWellFormed();
    }
  }
}

function isSameAttribute(one: XmlAttribute, other: XmlAttribute): boolean {
  return one.localName === other.localName && one.namespace === other.namespace;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
/** `#x10FFFF`, with a zero to spare. */
const longestReference = 9;

/** What stands between `&` and `;`. */
function characterOf(reference: string): string {
  if (!reference.startsWith("#")) {
    // An entity of one's own would need a document type.
    if (!Object.hasOwn(entities, reference)) throw notWellFormed();
    return entities[reference] ?? "";
  }
  const isHexadecimal = reference[1] === "x";
  const digits = reference.slice(isHexadecimal ? 2 : 1);
  if (!(isHexadecimal ? /^[\dA-Fa-f]+$/ : /^\d+$/).test(digits)) throw notWellFormed();
  const code = Number.parseInt(digits, isHexadecimal ? 16 : 10);
  if (!isCharacter(code)) throw notWellFormed();
  return String.fromCodePoint(code);
}

/** XML 1.0, 2.2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x1_0000 && code <= 0x10_ffff);
}

function notWellFormed(): SamlError {
  return malformed("The XML is not well-formed.");
}
