import { malformed, type SamlError } from "./saml-error.ts";
import type { NamespaceDeclaration, XmlAttribute, XmlElement } from "./xml.ts";
import { hashed, knownName, knownUri, type XmlName } from "./xml-names.ts";

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
  children: (XmlElement | string)[];
  readonly parent: OpenElement | undefined;
  hasComment: boolean;
}

interface OpenAttribute extends XmlAttribute {
  namespace: string;
}

/** Of most elements one of their lists is empty. */
const none: never[] = [];

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
  /** Of most messages all three are false, and no value need be looked through for them. */
  readonly #hasReferences: boolean;
  readonly #hasFolds: boolean;
  readonly #hasCdataEnds: boolean;
  /** Of each prefix, what it stands for here: the innermost declaration last. */
  readonly #scope = new Map<string, string[]>([
    ["", [""]],
    ["xml", [xmlNamespace]],
  ]);
  /** Those of the tag that is read. */
  readonly #attributes: OpenAttribute[] = [];
  readonly #declarations: NamespaceDeclaration[] = [];
  #at = 0;
  #nodes = 0;
  #depth = 0;

  constructor(text: string, bounds: XmlBounds) {
    this.#text = text;
    this.#bounds = bounds;
    this.#hasReferences = text.includes("&");
    this.#hasFolds = /[\t\n]/.test(text);
    this.#hasCdataEnds = text.includes("]]>");
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
    let current = this.#endTag(root) ? undefined : root;
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
        const element: OpenElement = this.#open(current);
        add(current, element);
        if (!this.#endTag(element)) current = element;
      }
    }
    return root;
  }

  /** A start tag, or the tag of an element that is empty, up to its end. */
  #open(parent: OpenElement | undefined): OpenElement {
    this.#at++;
    const { prefix, localName, name } = this.#name();
    const found = this.#attributes;
    const declaring = this.#declarations;
    let [many, declared] = [0, 0];
    for (;;) {
      const hasSpace = this.#skipSpace();
      const code = this.#code();
      if (code === greaterThan || code === slash) break;
      if (!hasSpace || many + declared >= mostAttributes) throw notWellFormed();
      const attribute = this.#name();
      const value = this.#attributeValue();
      if (attribute.prefix === "xmlns") declaring[declared++] = declarationOf(attribute.localName, value);
      else if (attribute.name === "xmlns") declaring[declared++] = declarationOf("", value);
      else found[many++] = { prefix: attribute.prefix, localName: attribute.localName, namespace: "", value };
    }
    this.#count(1 + many + declared);
    if (this.#depth >= deepest) throw malformed("The XML is too deep.");
    const declarations = declared === 0 ? none : this.#declare(declaring.slice(0, declared));
    const attributes = many === 0 ? none : this.#qualified(found.slice(0, many));
    const namespace = this.#resolve(prefix);
    return { name, prefix, localName, namespace, attributes, declarations, parent, children: none, hasComment: false };
  }

  /** The end of a tag that has been read; true if the element has it, too. */
  #endTag(element: OpenElement): boolean {
    const isEmpty = this.#code() === slash;
    if (isEmpty) this.#at++;
    if (this.#code() !== greaterThan) throw notWellFormed();
    this.#at++;
    if (isEmpty) this.#undeclare(element);
    else this.#depth++;
    return isEmpty;
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

  #declare(declarations: readonly NamespaceDeclaration[]): readonly NamespaceDeclaration[] {
    refuseTwice(declarations, isSameDeclaration);
    for (const { prefix, uri } of declarations) {
      const uris = this.#scope.get(prefix);
      if (uris === undefined) this.#scope.set(prefix, [uri]);
      else uris.push(uri);
    }
    return declarations;
  }

  #qualified(attributes: readonly OpenAttribute[]): readonly XmlAttribute[] {
    for (const attribute of attributes) {
      // A default namespace is not for attributes.
      if (attribute.prefix !== "") attribute.namespace = this.#resolve(attribute.prefix);
    }
    refuseTwice(attributes, isSameAttribute);
    return attributes;
  }

  #undeclare({ declarations }: XmlElement): void {
    if (declarations === none) return;
    for (const { prefix } of declarations) this.#scope.get(prefix)?.pop();
  }

  #resolve(prefix: string): string {
    const uri = this.#scope.get(prefix)?.at(-1);
    if (uri === undefined) throw malformed("A prefix of the XML is not declared.");
    return uri;
  }

  #name(): XmlName {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    let colonAt = -1;
    let hash = 0;
    for (; ; at++) {
      // Not a number at the end, which is no part of a name.
      const code = text.charCodeAt(at);
      const kind = nameCodes[code] ?? 0;
      // What begins here, or after the prefix, is more than digits and dots.
      if (kind === 2 || (kind === 1 && at > start && at > colonAt + 1)) hash = hashed(hash, code);
      else if (code === colon && colonAt === -1 && at > start) {
        colonAt = at;
        hash = hashed(hash, code);
      } else break;
    }
    if (at === start || at === colonAt + 1) throw notWellFormed();
    this.#at = at;
    const known = knownName(hash, text, start, at);
    if (known !== undefined) return known;
    const name = text.slice(start, at);
    if (colonAt === -1) return { prefix: "", localName: name, name };
    return { prefix: text.slice(start, colonAt), localName: text.slice(colonAt + 1, at), name };
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
    return this.#resolved(this.#hasFolds ? value.replaceAll(/[\t\n]/g, " ") : value);
  }

  #characters(): string {
    const end = this.#text.indexOf("<", this.#at);
    if (end === -1) throw notWellFormed();
    const text = this.#text.slice(this.#at, end);
    if (this.#hasCdataEnds && text.includes("]]>")) throw notWellFormed();
    this.#at = end;
    return this.#resolved(text);
  }

  #resolved(text: string): string {
    if (!this.#hasReferences) return text;
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
function append(parent: OpenElement, text: string): void {
  const { children } = parent;
  const last = children.at(-1);
  if (typeof last === "string") children[children.length - 1] = last + text;
  else if (text !== "") add(parent, text);
}

function add(parent: OpenElement, child: OpenElement | string): void {
  if (parent.children === none) parent.children = [child];
  else parent.children.push(child);
}

/** Namespaces in XML 1.0, 3 and 5: what is said of `xml` and `xmlns`, and that a prefix cannot be undeclared. */
function declarationOf(prefix: string, uri: string): NamespaceDeclaration {
  const isXml = prefix === "xml" || uri === xmlNamespace;
  const isWrong = isXml ? prefix !== "xml" || uri !== xmlNamespace : prefix !== "" && uri === "";
  if (isWrong || prefix === "xmlns" || uri === "http://www.w3.org/2000/xmlns/") throw notWellFormed();
  return { prefix, uri: knownUri(uri) };
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

function isSameDeclaration(one: NamespaceDeclaration, other: NamespaceDeclaration): boolean {
  return one.prefix === other.prefix;
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
