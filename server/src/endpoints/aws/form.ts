import { refusal } from "../../contract/service-exception.ts";

/** Ours: a policy simulation with every list full needs a few thousand parameters, and no shape is deeper than eight. */
const maxParameters = 10_000;
const maxDepth = 32;

/** One step of a parameter's name: what is said at it, and below it. */
export interface FormNode {
  text: string | undefined;
  children: Map<string, FormNode> | undefined;
}

/** The parameters of one Query request. Of a parameter sent twice, the first counts, as AWS does. */
export class Form {
  readonly #values: ReadonlyMap<string, string>;
  /** Whether any name has parts, as in `Tags.member.1.Key`: most requests have none, and then need no tree. */
  readonly nested: boolean;
  #root: FormNode | undefined;

  constructor(values: ReadonlyMap<string, string>, nested: boolean) {
    this.#values = values;
    this.nested = nested;
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** All parameters as a tree, folded once: walking prefixes per list would be quadratic. */
  get root(): FormNode {
    this.#root ??= fold(this.#values);
    return this.#root;
  }
}

/**
 * Splits `application/x-www-form-urlencoded` text: a POST body, or the query of a GET. Each character of `text` stands
 * for one byte, as `latin1Slice` and node:http give it; names and values come out as Unicode.
 */
export function parseForm(text: string): Form {
  // Asking the whole text once spares asking each of its parts. A character above 0x7f takes more than one byte.
  const isAscii = Buffer.byteLength(text) === text.length;
  const decode = !isAscii ? decodeBytes : text.includes("%") || text.includes("+") ? decodeAscii : asItIs;
  const values = new Map<string, string>();
  let nested = false;
  let count = 0;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf("&", start);
    if (end === -1) end = text.length;
    if (end > start) {
      if (++count > maxParameters) {
        throw refusal("MalformedQueryString", `The request has more than ${maxParameters} parameters`);
      }
      // The equals sign is looked for in this parameter alone: a search through the rest would be quadratic.
      const pair = text.slice(start, end);
      const equals = pair.indexOf("=");
      const name = decode(equals === -1 ? pair : pair.slice(0, equals));
      if (!values.has(name)) {
        values.set(name, equals === -1 ? "" : decode(pair.slice(equals + 1)));
        nested ||= name.includes(".");
      }
    }
    start = end + 1;
  }
  return new Form(values, nested);
}

function asItIs(raw: string): string {
  return raw;
}

function decodeAscii(raw: string): string {
  const text = raw.includes("+") ? raw.replaceAll("+", " ") : raw;
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // A bad escape, or bytes that are not UTF-8.
    return decodeBytes(raw);
  }
}

/**
 * The two refusals are AWS's (texts and order observed by scratchstack-aws-signature and found in AWS's own decoder,
 * smithy-java UrlEncoder); like that decoder, bytes that are not UTF-8 become U+FFFD.
 */
function decodeBytes(raw: string): string {
  const text = raw.replaceAll("+", " ");
  const bytes = Buffer.from(text, "latin1");
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== 0x25) {
      bytes[length++] = byte ?? 0;
      continue;
    }
    if (at + 2 >= bytes.length) throw refusal("MalformedQueryString", "Incomplete trailing escape % sequence");
    const digits = text.slice(at + 1, at + 3);
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) {
      throw refusal("MalformedQueryString", `Illegal hex character in escape % pattern: %${digits}`);
    }
    bytes[length++] = Number.parseInt(digits, 16);
    at += 2;
  }
  return bytes.toString("utf8", 0, length);
}

function fold(values: ReadonlyMap<string, string>): FormNode {
  const root: FormNode = { text: undefined, children: undefined };
  for (const [name, text] of values) {
    let node = root;
    let depth = 0;
    for (let start = 0; start <= name.length; depth++) {
      if (depth === maxDepth) {
        throw refusal("MalformedQueryString", `A parameter name has more than ${maxDepth} parts`);
      }
      let end = name.indexOf(".", start);
      if (end === -1) end = name.length;
      const part = name.slice(start, end);
      // Maps, because the parts are the client's words: `__proto__` is one like any other.
      node.children ??= new Map();
      let child = node.children.get(part);
      if (child === undefined) {
        child = { text: undefined, children: undefined };
        node.children.set(part, child);
      }
      node = child;
      start = end + 1;
    }
    node.text = text;
  }
  return root;
}
