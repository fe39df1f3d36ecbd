/**
 * A reader of RFC 8259 text that keeps what JSON.parse throws away and a policy needs: where each value stands, the
 * digits of a number as they were written, the order of members, and the fact that a member was given twice.
 */

export interface JsonString {
  readonly kind: "string";
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface JsonNumber {
  readonly kind: "number";
  /** As written: a policy's numbers are compared as decimals of any length. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface JsonBoolean {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly start: number;
  readonly end: number;
}

export interface JsonNull {
  readonly kind: "null";
  readonly start: number;
  readonly end: number;
}

export interface JsonArray {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
  readonly start: number;
  readonly end: number;
}

export interface JsonMember {
  readonly key: string;
  readonly value: JsonNode;
}

export interface JsonObject {
  readonly kind: "object";
  /** In the order of the text. No key occurs twice. */
  readonly members: readonly JsonMember[];
  readonly start: number;
  readonly end: number;
}

export type JsonNode = JsonString | JsonNumber | JsonBoolean | JsonNull | JsonArray | JsonObject;

/** The text is not JSON, gives a member twice, or nests deeper than allowed; `offset` is where that was seen. */
export class JsonError extends Error {
  override readonly name = "JsonError";
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const numberGrammar = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const hexDigits = /^[0-9A-Fa-f]{4}$/;

class Reader {
  readonly #text: string;
  readonly #maximumDepth: number;
  #at = 0;

  constructor(text: string, maximumDepth: number) {
    this.#text = text;
    this.#maximumDepth = maximumDepth;
  }

  document(): JsonNode {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw this.#unexpected();
    return value;
  }

  #unexpected(): JsonError {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return new JsonError(this.#at < this.#text.length ? "unexpected character" : "unexpected end", this.#at);
    } finally {
      Error.stackTraceLimit = limit;
    }
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #value(depth: number): JsonNode {
    this.#space();
    const start = this.#at;
    const code = this.#text.charCodeAt(start);
    switch (code) {
      case openBrace:
        return this.#object(start, depth + 1);
      case openBracket:
        return this.#array(start, depth + 1);
      case quote:
        return { kind: "string", value: this.#string(), start, end: this.#at };
      case 0x74:
        return { kind: "boolean", value: true, start, end: this.#word("true") };
      case 0x66:
        return { kind: "boolean", value: false, start, end: this.#word("false") };
      case 0x6e:
        return { kind: "null", start, end: this.#word("null") };
      default: {
        numberGrammar.lastIndex = start;
        const text = numberGrammar.exec(this.#text)?.[0];
        if (text === undefined) throw this.#unexpected();
        this.#at = start + text.length;
        return { kind: "number", text, start, end: this.#at };
      }
    }
  }

  #word(word: string): number {
    if (!this.#text.startsWith(word, this.#at)) throw this.#unexpected();
    this.#at += word.length;
    return this.#at;
  }

  #string(): string {
    this.#at += 1;
    let from = this.#at;
    let value = "";
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === quote) {
        value += this.#text.slice(from, this.#at);
        this.#at += 1;
        return value;
      }
      // NaN, the code past the end, is not below 0x20.
      if (code < 0x20 || this.#at >= this.#text.length) throw this.#unexpected();
      if (code !== backslash) {
        this.#at += 1;
        continue;
      }
      value += this.#text.slice(from, this.#at) + this.#escape();
      from = this.#at;
    }
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at + 1);
    if (letter === "u") {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!hexDigits.test(digits)) throw this.#unexpected();
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (character === undefined) throw this.#unexpected();
    this.#at += 2;
    return character;
  }

  #array(start: number, depth: number): JsonArray {
    if (depth > this.#maximumDepth) throw this.#unexpected();
    const items: JsonNode[] = [];
    this.#at += 1;
    this.#space();
    if (this.#text.charCodeAt(this.#at) === closeBracket) {
      this.#at += 1;
      return { kind: "array", items, start, end: this.#at };
    }
    for (;;) {
      items.push(this.#value(depth));
      this.#space();
      const code = this.#text.charCodeAt(this.#at);
      if (code !== comma && code !== closeBracket) throw this.#unexpected();
      this.#at += 1;
      if (code === closeBracket) return { kind: "array", items, start, end: this.#at };
    }
  }

  #object(start: number, depth: number): JsonObject {
    if (depth > this.#maximumDepth) throw this.#unexpected();
    const members: JsonMember[] = [];
    const keys = new Set<string>();
    this.#at += 1;
    this.#space();
    if (this.#text.charCodeAt(this.#at) === closeBrace) {
      this.#at += 1;
      return { kind: "object", members, start, end: this.#at };
    }
    for (;;) {
      this.#space();
      if (this.#text.charCodeAt(this.#at) !== quote) throw this.#unexpected();
      const keyAt = this.#at;
      const key = this.#string();
      // A reader that takes the first of two members and one that takes the last would see two different policies.
      if (keys.has(key)) throw new JsonError("member given twice", keyAt);
      keys.add(key);
      this.#space();
      if (this.#text.charCodeAt(this.#at) !== colon) throw this.#unexpected();
      this.#at += 1;
      members.push({ key, value: this.#value(depth) });
      this.#space();
      const code = this.#text.charCodeAt(this.#at);
      if (code !== comma && code !== closeBrace) throw this.#unexpected();
      this.#at += 1;
      if (code === closeBrace) return { kind: "object", members, start, end: this.#at };
    }
  }
}

/** One pass over the text; its nesting, and so the stack it takes, is bounded. */
export function readJson(text: string, maximumDepth: number): JsonNode {
  return new Reader(text, maximumDepth).document();
}

/** The value of a member, where the object has it. */
export function member(object: JsonObject, key: string): JsonNode | undefined {
  for (const candidate of object.members) if (candidate.key === key) return candidate.value;
  return undefined;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Lines and columns, both from 1, of offsets asked for in ascending order. A column counts characters, not UTF-16 units;
 * CR, LF and CRLF each end a line.
 */
export function positionsIn(text: string): (offset: number) => Position {
  let at = 0;
  let line = 1;
  let column = 1;
  return (offset) => {
    for (; at < offset; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x0d || (code === 0x0a && text.charCodeAt(at - 1) !== 0x0d)) {
        line += 1;
        column = 1;
      } else if (code !== 0x0a && (code & 0xfc00) !== 0xdc00) {
        column += 1;
      }
    }
    return { line, column };
  };
}
