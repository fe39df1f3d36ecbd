/**
 * saml/: SAML 2.0 as a service provider reads it: responses (response.ts), what identity providers publish of themselves
 * (metadata.ts), and under them XML (this file), its signatures (signature.ts) and its encryption (encryption.ts). It
 * knows no service: certificates, keys, audiences and the time come in, values or a coded SamlError come out.
 * Whatever a message says is believed only as read from the very bytes that a trusted signature covers.
 */
import { DOMParser, type XmlElement, type XmlNode } from "@xmldom/xmldom/lib/index.js";
import { malformed } from "./saml-error.ts";

export type { XmlElement } from "@xmldom/xmldom/lib/index.js";

export const namespaces = {
  protocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  assertion: "urn:oasis:names:tc:SAML:2.0:assertion",
  metadata: "urn:oasis:names:tc:SAML:2.0:metadata",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  encryption: "http://www.w3.org/2001/04/xmlenc#",
} as const;

export type Namespace = keyof typeof namespaces;

/** Real messages nest 15 deep; the libraries below recurse, and run over the attributes of an element again and again. */
const deepest = 64;
const mostAttributes = 64;

// XML 1.0, 2.2: the parser would let these through.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const elementNode = 1;
const textNodes = new Set([3, 4]);
const commentNode = 8;

/** The root element. Refused: any fault that the parser notices, a DTD and so every entity of one's own, too much depth. */
export function parseXml(text: string): XmlElement {
  if (notXml.test(text)) throw malformed("The XML holds characters that XML does not have.");
  checkBounds(text);
  let fault: string | undefined;
  const parser = new DOMParser({
    errorHandler: (_level, message) => {
      fault ??= message;
    },
  });
  const document = wellFormed(() => parser.parseFromString(text, "text/xml"));
  if (fault !== undefined || document?.documentElement == null) throw malformed("The XML is not well-formed.");
  const root = document.documentElement;
  for (const node of childNodes(document)) {
    const isDeclaration = node.nodeType === 7 && node.nodeName === "xml";
    if (node !== root && node.nodeType !== commentNode && !isDeclaration && !isBlank(node)) {
      throw malformed("The XML holds more than one element and comments.");
    }
  }
  for (const node of descendants(root)) {
    if (node.nodeType !== elementNode && node.nodeType !== commentNode && !textNodes.has(node.nodeType)) {
      throw malformed("The XML holds a processing instruction or an entity.");
    }
  }
  return root;
}

function wellFormed<T>(parse: () => T): T {
  try {
    return parse();
  } catch {
    // The parser throws its own errors for what it cannot go on from.
    throw malformed("The XML is not well-formed.");
  }
}

/** One pass over the text, before anything recursive or quadratic sees it. */
function checkBounds(text: string): void {
  let depth = 0;
  let at = 0;
  for (;;) {
    const open = text.indexOf("<", at);
    if (open === -1) return;
    if (text.startsWith("<!--", open)) at = after(text, "-->", open + 4);
    else if (text.startsWith("<![CDATA[", open)) at = after(text, "]]>", open + 9);
    else if (text.startsWith("<?", open)) at = after(text, "?>", open + 2);
    // Entities multiply and read files; SAML has no use for a DTD.
    else if (text[open + 1] === "!") throw malformed("The XML holds a document type.");
    else if (text[open + 1] === "/") {
      depth--;
      at = open + 2;
    } else {
      const tag = readTag(text, open + 1);
      depth++;
      if (depth > deepest || tag.attributes > mostAttributes) throw malformed("The XML is too deep or too wide.");
      if (tag.isEmpty) depth--;
      at = tag.end;
    }
  }
}

function after(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at === -1 ? text.length : at + closing.length;
}

function readTag(text: string, from: number): { attributes: number; isEmpty: boolean; end: number } {
  let attributes = 0;
  let at = from;
  while (at < text.length && text[at] !== ">") {
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      attributes++;
      const closing = text.indexOf(quote, at + 1);
      if (closing === -1) return { attributes, isEmpty: false, end: text.length };
      at = closing;
    }
    at++;
  }
  return { attributes, isEmpty: text[at - 1] === "/", end: at + 1 };
}

function isBlank(node: XmlNode): boolean {
  return textNodes.has(node.nodeType) && /^[\t\r\n ]*$/.test(node.textContent ?? "");
}

function* childNodes(parent: XmlNode): Generator<XmlNode> {
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) yield node;
}

/** Every node below, in the order of the document. */
export function* descendants(parent: XmlNode): Generator<XmlNode> {
  for (const node of childNodes(parent)) {
    yield node;
    yield* descendants(node);
  }
}

export function isElement(node: XmlNode): node is XmlElement {
  return node.nodeType === elementNode;
}

export function isComment(node: XmlNode): boolean {
  return node.nodeType === commentNode;
}

export function isNamed(element: XmlElement, namespace: Namespace, name: string): boolean {
  return element.localName === name && element.namespaceURI === namespaces[namespace];
}

export function elementsOf(parent: XmlElement): XmlElement[] {
  return [...childNodes(parent)].filter(isElement);
}

export function childrenOf(parent: XmlElement, namespace: Namespace, name: string): XmlElement[] {
  return elementsOf(parent).filter((element) => isNamed(element, namespace, name));
}

/** The one child of this name; undefined without. Two would be a choice between what was meant and what was not. */
export function optionalChild(parent: XmlElement, namespace: Namespace, name: string): XmlElement | undefined {
  const [only, another] = childrenOf(parent, namespace, name);
  if (another !== undefined) throw malformed(`There is more than one ${name}.`);
  return only;
}

export function requiredChild(parent: XmlElement, namespace: Namespace, name: string): XmlElement {
  const only = optionalChild(parent, namespace, name);
  if (only === undefined) throw malformed(`There is no ${name}.`);
  return only;
}

/** All of the text inside, as XPath's string value: what a comment divides is one text. */
export function textOf(element: XmlElement): string {
  let text = "";
  for (const node of descendants(element)) if (textNodes.has(node.nodeType)) text += node.textContent ?? "";
  return text;
}

/** Undefined where it is absent or empty. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.getAttribute(name) || undefined;
}

const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,12})?(Z|[+-]\d\d:\d\d)?$/;

/** An xs:dateTime in milliseconds; without a zone it is UTC (SAML core, 1.3.3). Undefined where the attribute is absent. */
export function timeOf(element: XmlElement, name: string): number | undefined {
  if (!element.hasAttribute(name)) return undefined;
  const [, seconds, fraction = "", zone = "Z"] = dateTime.exec(element.getAttribute(name)) ?? [];
  const time = Date.parse(`${seconds}${fraction.slice(0, 4)}${zone}`);
  if (seconds === undefined || Number.isNaN(time)) throw malformed(`${name} is no time.`);
  return time;
}
