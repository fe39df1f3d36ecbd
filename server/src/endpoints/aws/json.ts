import { refusal } from "../../contract/service-exception.ts";
import type { Model, Shape } from "../../contract/shape.ts";
import { StoredPairs } from "../../contract/stored-pairs.ts";
import { type Compiled, compileOnce, membersOf, type Named, shapeOf } from "./compile.ts";
import { fitNumber, fromBase64, misfit, toBase64 } from "./scalars.ts";

interface Decoder {
  read(value: unknown): unknown;
}

interface Encoder {
  write(value: unknown): string;
}

type JsonObject = Readonly<Record<string, unknown>>;

const decoders: Compiled<Decoder> = new WeakMap();
const encoders: Compiled<Encoder> = new WeakMap();

/**
 * AWS JSON 1.1 to an input: only what the shape names is walked, so its depth is the shape's; an unknown member is
 * ignored; null is the same as absent.
 */
export function compileJsonDecoder(
  model: Model,
  shapeName: string | undefined,
): (body: string) => Record<string, unknown> {
  const members = shapeName === undefined ? [] : membersOf(model, shapeName, decoderOf);
  return (body) => {
    if (body === "") return {};
    const value = parse(body);
    if (Array.isArray(value)) return unreadable(listNotExpected);
    return isObject(value) ? readStructure(members, value) : unreadable();
  };
}

/**
 * Only what the shape names goes out, whatever else the value carries: a row's other columns stay here. As on AWS (recorded
 * 2026-09), members and keys are in the order of their names, and an operation without an output answers with nothing.
 */
export function compileJsonEncoder(model: Model, shapeName: string | undefined): (output: object) => string {
  if (shapeName === undefined) return () => "";
  const encoder = encoderOf(model, shapeName);
  return (output) => encoder.write(output);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}

// ---- JSON to input

/** Deeper than any document has a use for, far less than what would exhaust the stack of whoever reads it. */
const maxDocumentDepth = 64;

// AWS's texts for values of the wrong type: Athena 2026-09, which has the same protocol and framework; those of maps
// and booleans from Kinesis and SES. What is no JSON at all, or no base64, gets none.
const listNotExpected = "Start of list found where not expected";
const objectNotExpected = "Start of structure or map found where not expected.";

type Wanted = "a String" | "a Boolean" | "an Integer" | "a Long" | "a Double" | "a Timestamp" | "a Blob";

function unreadable(message?: string): never {
  throw refusal("SerializationException", message);
}

function wrongType(value: unknown, wanted: Wanted): never {
  if (Array.isArray(value)) return unreadable(listNotExpected);
  if (typeof value === "object") return unreadable(objectNotExpected);
  if (typeof value === "boolean")
    return unreadable(`${value ? "TRUE" : "FALSE"}_VALUE can not be converted to ${wanted}`);
  if (typeof value === "number") return unreadable(`NUMBER_VALUE can not be converted to ${wanted}`);
  // AWS's article, before this one word after this one type.
  return unreadable(`STRING_VALUE can not be converted to ${wanted === "a Boolean" ? "an Boolean" : wanted}`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return unreadable();
  }
}

function decoderOf(model: Model, shapeName: string): Decoder {
  return compileOnce(decoders, model, shapeName, makeDecoder);
}

function makeDecoder(model: Model, shapeName: string): Decoder {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "string":
      return { read: (value) => (typeof value === "string" ? value : wrongType(value, "a String")) };
    case "boolean":
      return { read: readBoolean };
    case "integer":
    case "long":
    case "float":
    case "double": {
      const { type } = shape;
      const wanted = type === "integer" ? "an Integer" : type === "long" ? "a Long" : "a Double";
      return { read: (value) => (typeof value === "number" ? fitNumber(value, type) : wrongType(value, wanted)) };
    }
    case "timestamp":
      return { read: readTimestamp };
    case "blob":
      return { read: readBlob };
    case "document":
      return { read: (value) => (isShallow(value, maxDocumentDepth) ? value : unreadable()) };
    case "structure": {
      const members = membersOf(model, shapeName, decoderOf);
      return { read: (value) => readStructure(members, objectOf(value, "Expected null")) };
    }
    case "list": {
      const member = decoderOf(model, shape.member);
      return { read: (value) => readList(member, value) };
    }
    case "map": {
      const member = decoderOf(model, shape.value);
      return { read: (value) => readMap(member, objectOf(value, "Expected map or null")) };
    }
  }
}

function objectOf(value: unknown, expectation: string): JsonObject {
  if (Array.isArray(value)) return unreadable(listNotExpected);
  return isObject(value) ? value : unreadable(expectation);
}

function readStructure(members: Named<Decoder>, object: JsonObject): Record<string, unknown> {
  const structure: Record<string, unknown> = {};
  for (const [name, decoder] of members) {
    const member = object[name];
    if (member !== undefined && member !== null) structure[name] = decoder.read(member);
  }
  return structure;
}

function readList(member: Decoder, value: unknown): unknown[] {
  if (!Array.isArray(value)) return unreadable(isObject(value) ? objectNotExpected : "Expected list or null");
  const list: unknown[] = [];
  // AWS drops a null inside a list (observed on Athena, 2026-09).
  for (const element of value) if (element !== null) list.push(member.read(element));
  return list;
}

function readMap(member: Decoder, object: JsonObject): Record<string, unknown> {
  // No prototype: the keys are the client's words, and `__proto__` is one like any other.
  const map: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value !== null) map[key] = member.read(value);
  }
  return map;
}

/** AWS takes these words for booleans (observed on Kinesis, and on SES in 2026-09). */
function readBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") {
    if (/^(true|yes|y|t|1)$/i.test(value)) return true;
    if (/^(false|no|n|f|0)$/i.test(value)) return false;
  }
  return wrongType(value, "a Boolean");
}

function readTimestamp(value: unknown): Date {
  if (typeof value !== "number") return wrongType(value, "a Timestamp");
  const date = new Date(Math.round(value * 1000));
  return Number.isNaN(date.getTime()) ? unreadable() : date;
}

function readBlob(value: unknown): Uint8Array {
  return typeof value === "string" ? (fromBase64(value) ?? unreadable()) : wrongType(value, "a Blob");
}

function isShallow(value: unknown, depth: number): boolean {
  if (!isObject(value)) return true;
  return depth > 0 && Object.values(value).every((member) => isShallow(member, depth - 1));
}

// ---- output to JSON

function encoderOf(model: Model, shapeName: string): Encoder {
  return compileOnce(encoders, model, shapeName, makeEncoder);
}

function makeEncoder(model: Model, shapeName: string): Encoder {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "string":
      return { write: (value) => (typeof value === "string" ? quote(value) : misfit(shape, value)) };
    case "boolean":
      return { write: (value) => (typeof value === "boolean" ? String(value) : misfit(shape, value)) };
    case "integer":
    case "long":
    case "float":
    case "double":
      return {
        write: (value) => (typeof value === "number" && Number.isFinite(value) ? String(value) : misfit(shape, value)),
      };
    case "timestamp":
      return { write: (value) => (value instanceof Date ? epochSeconds(value) : misfit(shape, value)) };
    case "blob":
      return { write: (value) => (value instanceof Uint8Array ? `"${toBase64(value)}"` : misfit(shape, value)) };
    case "document":
      return { write: (value) => JSON.stringify(value) };
    case "structure":
      return structureEncoder(shape, membersOf(model, shapeName, encoderOf).toSorted(byName));
    case "list": {
      const member = encoderOf(model, shape.member);
      const hasPairs = isPair(model, shape.member);
      return {
        write(value) {
          if (value instanceof StoredPairs && hasPairs) return writePairs(value);
          if (!Array.isArray(value)) return misfit(shape, value);
          let json = "";
          for (const element of value) json += (json === "" ? "" : ",") + member.write(element);
          return `[${json}]`;
        },
      };
    }
    case "map": {
      const member = encoderOf(model, shape.value);
      return {
        write(value) {
          if (!isObject(value)) return misfit(shape, value);
          const keys = Object.keys(value);
          if (keys.length > 1) keys.sort();
          let json = "";
          for (const key of keys) {
            const element = value[key];
            if (element === undefined || element === null) continue;
            json += `${json === "" ? "" : ","}${quote(key)}:${member.write(element)}`;
          }
          return `{${json}}`;
        },
      };
    }
  }
}

function isPair(model: Model, shapeName: string): boolean {
  const shape = shapeOf(model, shapeName);
  if (shape.type !== "structure") return false;
  const { Name, Value, ...others } = shape.members;
  const areStrings = [Name, Value].every((name) => name !== undefined && shapeOf(model, name).type === "string");
  return areStrings && Object.keys(others).length === 0;
}

function writePairs({ json, last }: StoredPairs): string {
  let list = json.includes("\\") ? listOfPairs(JSON.parse(json)) : rewrittenPairs(json);
  for (const name in last)
    list += `${list === "" ? "" : ","}{"Name":${quote(name)},"Value":${quote(last[name] ?? "")}}`;
  return `[${list}]`;
}

function listOfPairs(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => `{"Name":${quote(name)},"Value":${quote(value)}}`)
    .join(",");
}

/** Without a backslash each quotation mark begins or ends a string, and what is between is written as it is read. */
function rewrittenPairs(json: string): string {
  let list = "";
  const end = json.length - 1;
  for (let at = 1; at < end; ) {
    const colon = json.indexOf('":"', at);
    const next = json.indexOf('"', colon + 3) + 1;
    list += `${at === 1 ? "" : ","}{"Name":${json.slice(at, colon + 1)},"Value":${json.slice(colon + 2, next)}}`;
    at = next + 1;
  }
  return list;
}

/** By code units, as the keys of maps: AWS's `USERNAME`, `USER_ID_FOR_SRP`, `requiredAttributes` are. */
function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function structureEncoder(shape: Shape, members: Named<Encoder>): Encoder {
  const parts = members.map(([name, encoder]) => ({
    name,
    first: `${quote(name)}:`,
    later: `,${quote(name)}:`,
    encoder,
  }));
  return {
    write(value) {
      if (!isObject(value)) return misfit(shape, value);
      let json = "";
      for (const { name, first, later, encoder } of parts) {
        const member = value[name];
        if (member !== undefined && member !== null) json += (json === "" ? first : later) + encoder.write(member);
      }
      return `{${json}}`;
    },
  };
}

/** What JSON.stringify would change; a string without any stands between quotes as it is, which is faster. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

function quote(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** A JSON number of seconds with up to three decimals, as AWS writes them. */
function epochSeconds(date: Date): string {
  const seconds = date.getTime() / 1000;
  if (Number.isNaN(seconds)) throw new TypeError("an output has an invalid date");
  return String(seconds);
}
