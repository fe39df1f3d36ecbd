import { refusal } from "../../contract/service-exception.ts";
import type { Model, NumberShape, Shape } from "../../contract/shape.ts";
import { type Compiled, compileOnce, membersOf, type Named, shapeOf } from "./compile.ts";
import type { Form, FormNode } from "./form.ts";
import { fitsInteger, fromBase64, misfit, toBase64 } from "./scalars.ts";
import { escapeXml } from "./xml.ts";

/** Reads one shape: from a parameter's text, or from the tree of parameters below a name. */
interface Decoder {
  text(text: string): unknown;
  node(node: FormNode): unknown;
}

/** Writes one shape inside its element. */
interface Encoder {
  write(value: unknown): string;
}

const decoders: Compiled<Decoder> = new WeakMap();
const encoders: Compiled<Encoder> = new WeakMap();

/** A structure of nothing but top-level texts is read straight from the form; only names with parts need the tree. */
export function compileQueryDecoder(
  model: Model,
  shapeName: string | undefined,
): (form: Form) => Record<string, unknown> {
  if (shapeName === undefined) return () => ({});
  const members = membersOf(model, shapeName, decoderOf);
  return (form) => {
    if (form.nested) return readStructure(members, form.root.children ?? none);
    const input: Record<string, unknown> = {};
    for (const [name, decoder] of members) {
      const text = form.get(name);
      if (text !== undefined) input[name] = decoder.text(text);
    }
    return input;
  };
}

/**
 * The answer of a Query operation (API reference samples and the model): no `…Result` where AWS answers with
 * ResponseMetadata alone, an empty list present as an empty element, a member without a value left out.
 */
export function compileQueryEncoder(
  model: Model,
  operationName: string,
): (output: object, requestId: string) => string {
  const operation = model.operations[operationName];
  if (operation === undefined) throw new Error(`${operationName} is not an operation of ${model.service}`);
  const { output: shapeName, resultWrapper } = operation;
  const head = `<${operationName}Response xmlns="${escapeXml(model.xmlNamespace ?? "")}">`;
  const tail = `</RequestId></ResponseMetadata></${operationName}Response>\n`;
  if (resultWrapper === undefined) {
    return (_output, requestId) => `${head}<ResponseMetadata><RequestId>${requestId}${tail}`;
  }
  const encoder = shapeName === undefined ? undefined : encoderOf(model, shapeName);
  const open = `${head}<${resultWrapper}>`;
  const close = `</${resultWrapper}><ResponseMetadata><RequestId>`;
  return (output, requestId) => `${open}${encoder?.write(output) ?? ""}${close}${requestId}${tail}`;
}

/** Laid out as AWS does (captures of IAM and STS errors). An error without a text has no Message at all, as on AWS. */
export function encodeQueryError(
  error: { readonly code: string; readonly message: string; readonly fault: "client" | "server" },
  requestId: string,
  namespace: string | undefined,
): string {
  const lines = [
    `<ErrorResponse xmlns="${escapeXml(namespace ?? "")}">`,
    "  <Error>",
    `    <Type>${error.fault === "client" ? "Sender" : "Receiver"}</Type>`,
    `    <Code>${escapeXml(error.code)}</Code>`,
    ...(error.message === "" ? [] : [`    <Message>${escapeXml(error.message)}</Message>`]),
    "  </Error>",
    `  <RequestId>${escapeXml(requestId)}</RequestId>`,
    "</ErrorResponse>",
  ];
  return `${lines.join("\n")}\n`;
}

// ---- parameters to input

const none: ReadonlyMap<string, FormNode> = new Map();

function decoderOf(model: Model, shapeName: string): Decoder {
  return compileOnce(decoders, model, shapeName, makeDecoder);
}

function makeDecoder(model: Model, shapeName: string): Decoder {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "string":
      return scalarDecoder((text) => text);
    case "boolean":
      return scalarDecoder(readBoolean);
    case "integer":
    case "long":
    case "float":
    case "double":
      return scalarDecoder((text) => readNumber(text, shape.type));
    case "timestamp":
      return scalarDecoder(readTimestamp);
    case "blob":
      return scalarDecoder((text) => fromBase64(text) ?? malformed());
    case "structure": {
      const members = membersOf(model, shapeName, decoderOf);
      return treeDecoder((children) => readStructure(members, children));
    }
    case "list": {
      const member = decoderOf(model, shape.member);
      return treeDecoder((children) => elementsOf(children, "member").map((element) => member.node(element)));
    }
    case "map": {
      const key = decoderOf(model, shape.key);
      const value = decoderOf(model, shape.value);
      return treeDecoder((children) => readMap(key, value, children));
    }
    case "document":
      throw new Error(`${shapeName}: the Query protocol has no documents`);
  }
}

function scalarDecoder(read: (text: string) => unknown): Decoder {
  return {
    text: read,
    // `Endpoint.Arn=x` where Endpoint is a string: observed on SNS, 2015.
    node: ({ text, children }) => read(children === undefined ? (text ?? "") : malformed(listNotExpected)),
  };
}

/** For lists, maps and structures. `Tags=` is how clients send an empty list; any other text is none of the three. */
function treeDecoder(read: (children: ReadonlyMap<string, FormNode>) => unknown): Decoder {
  const text = (value: string) => read(value === "" ? none : malformed(valueNotExpected));
  return { text, node: (node) => (node.children === undefined ? text(node.text ?? "") : read(node.children)) };
}

function readStructure(members: Named<Decoder>, children: ReadonlyMap<string, FormNode>): Record<string, unknown> {
  const structure: Record<string, unknown> = {};
  for (const [name, decoder] of members) {
    const child = children.get(name);
    if (child !== undefined) structure[name] = decoder.node(child);
  }
  return structure;
}

function readMap(key: Decoder, value: Decoder, children: ReadonlyMap<string, FormNode>): Record<string, unknown> {
  // No prototype: the keys are the client's words, and `__proto__` is one like any other.
  const map: Record<string, unknown> = Object.create(null);
  for (const { children: pair = none } of elementsOf(children, "entry")) {
    const keyNode = pair.get("key") ?? malformed();
    const valueNode = pair.get("value") ?? malformed();
    map[String(key.node(keyNode))] = value.node(valueNode);
  }
  return map;
}

// AWS's texts for parameters that do not fit, all under MalformedInput: recorded by others on SES (2026-09, which has
// the same protocol and framework as IAM), SNS and CloudWatch. A number or blob that cannot be read gets none.
const listNotExpected = "Start of list found where not expected";
const valueNotExpected = "Value found where not expected";

function malformed(message?: string): never {
  throw refusal("MalformedInput", message);
}

/** AWS fills small gaps in a list's indexes and refuses larger ones; we close the small ones. */
const maxGap = 10;

/** `{name}.1`, `{name}.2`, …, in the order of their numbers. */
function elementsOf(children: ReadonlyMap<string, FormNode>, name: "member" | "entry"): FormNode[] {
  if (children.size === 0) return [];
  const list = children.get(name);
  if (list?.children === undefined || children.size > 1) return malformed(listNotExpected);
  const elements: (readonly [index: number, node: FormNode])[] = [];
  for (const [digits, node] of list.children) {
    if (!/^[0-9]{1,9}$/.test(digits)) malformed(listNotExpected);
    if (digits === "0") malformed("0 is not a valid index");
    if (digits.startsWith("0")) malformed(valueNotExpected);
    elements.push([Number(digits), node]);
  }
  elements.sort(([a], [b]) => a - b);
  let previous = 1;
  for (const [index] of elements) {
    const skipped = index - previous;
    if (skipped > maxGap) {
      malformed(`Excessively sparse input would skip ${skipped.toLocaleString("en-US")} list elements`);
    }
    previous = index;
  }
  return elements.map(([, node]) => node);
}

function readBoolean(text: string): boolean {
  switch (text) {
    case "true":
    case "1":
      return true;
    case "false":
    case "0":
      return false;
    case "":
      return malformed("missing value for boolean type");
    default:
      return malformed("boolean must follow xsd1.1 definition");
  }
}

function readNumber(text: string, type: NumberShape["type"]): number {
  if (text === "") return malformed("missing value for decimal type");
  if (type === "float" || type === "double") {
    return /^[+-]?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : malformed();
  }
  const number = /^[+-]?\d{1,20}$/.test(text) ? Number(text) : Number.NaN;
  return fitsInteger(number, type) ? number : malformed();
}

function readTimestamp(text: string): Date {
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/.test(text);
  const time = iso ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? malformed("timestamp must follow ISO8601") : new Date(time);
}

// ---- output to XML

function encoderOf(model: Model, shapeName: string): Encoder {
  return compileOnce(encoders, model, shapeName, makeEncoder);
}

function makeEncoder(model: Model, shapeName: string): Encoder {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "string":
      return { write: (value) => (typeof value === "string" ? escapeXml(value) : misfit(shape, value)) };
    case "boolean":
      return { write: (value) => (typeof value === "boolean" ? String(value) : misfit(shape, value)) };
    case "integer":
    case "long":
    case "float":
    case "double":
      return { write: (value) => (typeof value === "number" ? String(value) : misfit(shape, value)) };
    case "timestamp":
      return {
        write: (value) => (value instanceof Date ? isoSeconds(value) : misfit(shape, value)),
      };
    case "blob":
      return { write: (value) => (value instanceof Uint8Array ? toBase64(value) : misfit(shape, value)) };
    case "structure":
      return structureEncoder(shape, membersOf(model, shapeName, encoderOf));
    case "list": {
      const member = encoderOf(model, shape.member);
      return {
        write(value) {
          if (!Array.isArray(value)) return misfit(shape, value);
          let xml = "";
          for (const element of value) xml += `<member>${member.write(element)}</member>`;
          return xml;
        },
      };
    }
    case "map": {
      const members = encoderOf(model, shape.value);
      return {
        write(value) {
          if (typeof value !== "object" || value === null) return misfit(shape, value);
          let xml = "";
          for (const [key, element] of Object.entries(value)) {
            if (element === undefined) continue;
            xml += `<entry><key>${escapeXml(key)}</key><value>${members.write(element)}</value></entry>`;
          }
          return xml;
        },
      };
    }
    case "document":
      throw new Error(`${shapeName}: the Query protocol has no documents`);
  }
}

function structureEncoder(shape: Shape, members: Named<Encoder>): Encoder {
  const parts = members.map(([name, encoder]) => ({ name, open: `<${name}>`, close: `</${name}>`, encoder }));
  return {
    write(value) {
      if (typeof value !== "object" || value === null) return misfit(shape, value);
      const structure = value as Readonly<Record<string, unknown>>; // its members are checked one by one
      let xml = "";
      for (const { name, open, close, encoder } of parts) {
        const member = structure[name];
        if (member !== undefined && member !== null) xml += open + encoder.write(member) + close;
      }
      return xml;
    },
  };
}

const sixty = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));
let lastDay = Number.NaN;
let lastDayText = "";

/** `YYYY-MM-DDTHH:MM:SSZ`. A page of users is mostly dates, and toISOString takes ten times as long. */
function isoSeconds(date: Date): string {
  const seconds = Math.floor(date.getTime() / 1000);
  const day = Math.floor(seconds / 86_400);
  if (day !== lastDay) {
    lastDayText = date.toISOString().slice(0, -"HH:MM:SS.sssZ".length);
    lastDay = day;
  }
  const second = seconds - day * 86_400;
  const minute = Math.floor(second / 60);
  return `${lastDayText}${sixty[Math.floor(minute / 60)]}:${sixty[minute % 60]}:${sixty[second % 60]}Z`;
}
