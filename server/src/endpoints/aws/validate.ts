/**
 * The limits of inputs. What is allowed stands in the model; this file knows how AWS says that it was not: which value
 * is shown, in which order failures stand, how a list or a map is worded. Texts and orders are those of answers of IAM,
 * STS and Cognito recorded from 2017 to 2026; where these have no case, of other services with the same framework.
 */
import type { ListShape, MapShape, Model, Shape, StringShape } from "../../contract/shape.ts";
import { type Compiled, compileOnce, shapeOf } from "./compile.ts";

/** One thing asked of a value, in AWS's words. */
interface Constraint {
  readonly text: string;
  holds(value: unknown): boolean;
}

/** A step into a structure or map is a name, into a list a number, counted from one. */
type Step = string | number;

/** Where a value stands, from the inside out; spelled out only for a value that fails. */
interface Path {
  readonly above: Path | undefined;
  readonly step: Step;
}

interface Failures {
  readonly found: string[];
  /** What IAM says of wrong characters in a name or path; it says it only where nothing else is wrong. */
  sentence: string | undefined;
}

interface Check {
  check(value: unknown, above: Path | undefined, step: Step, failures: Failures): void;
}

interface Member {
  readonly name: string;
  readonly step: string;
  readonly required: boolean;
  readonly hide: boolean;
  readonly check: Check;
}

/** Recorded from AWS, 2026-09: what fails beyond the tenth is not told. */
const maxFailures = 10;

const checksThatShow: Compiled<Check> = new WeakMap();
const checksThatHide: Compiled<Check> = new WeakMap();

/** The complete message of AWS, or undefined where the input keeps its limits. */
export function compileValidator(
  model: Model,
  shapeName: string | undefined,
): (input: Record<string, unknown>) => string | undefined {
  if (shapeName === undefined) return () => undefined;
  // IAM stopped showing values in 2025; STS and Cognito go on.
  const members = memberChecks(model, shapeName, model.service === "iam");
  return (input) => {
    const failures: Failures = { found: [], sentence: undefined };
    checkMembers(members, input, undefined, failures);
    const { found } = failures;
    if (found.length === 0) return failures.sentence;
    return `${found.length} validation error${found.length === 1 ? "" : "s"} detected: ${found.join("; ")}`;
  };
}

// ---- what is checked

function checkOf(model: Model, shapeName: string, hide: boolean): Check {
  const isHidden = hide || isSensitive(shapeOf(model, shapeName));
  return compileOnce(isHidden ? checksThatHide : checksThatShow, model, shapeName, () =>
    makeCheck(model, shapeName, isHidden),
  );
}

function makeCheck(model: Model, shapeName: string, hide: boolean): Check {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure": {
      const members = memberChecks(model, shapeName, hide);
      return { check: (value, above, step, failures) => checkMembers(members, value, { above, step }, failures) };
    }
    case "list":
      return listCheck(model, shapeName, shape, hide);
    case "map":
      return mapCheck(model, shapeName, shape, hide);
    case "string":
      return stringCheck(model, shape, hide);
    default:
      return scalarCheck(lengthsOf(shape), hide);
  }
}

/** In the order of AWS's messages; see hashOrder. */
function memberChecks(model: Model, shapeName: string, hide: boolean): readonly Member[] {
  const shape = shapeOf(model, shapeName);
  if (shape.type !== "structure") throw new Error(`${shapeName} is not a structure`);
  const members = Object.entries(shape.members).map(([name, member]) => ({
    name,
    // As Java names a property: `SAMLAssertion` is `sAMLAssertion`.
    step: name.charAt(0).toLowerCase() + name.slice(1),
    required: shape.required?.includes(name) ?? false,
    hide: hide || isSensitive(shapeOf(model, member)),
    check: checkOf(model, member, hide),
  }));
  return hashOrder(members, ({ step }) => step);
}

function checkMembers(members: readonly Member[], structure: unknown, above: Path | undefined, failures: Failures) {
  if (!isObject(structure)) return;
  for (const { name, step, required, hide, check } of members) {
    const value = structure[name];
    if (value !== undefined) check.check(value, above, step, failures);
    else if (required) fail(failures, hide ? undefined : "null", above, step, "Member must not be null");
  }
}

function scalarCheck(constraints: readonly Constraint[], hide: boolean): Check {
  return {
    check(value, above, step, failures) {
      for (const { text, holds } of constraints) {
        if (!holds(value)) fail(failures, hide ? undefined : quoted(value), above, step, text);
      }
    },
  };
}

function stringCheck(model: Model, shape: StringShape, hide: boolean): Check {
  const alphabet = alphabetOf(shape);
  const sentence = model.service === "iam" && shape.pattern !== undefined ? iamSentences.get(shape.pattern) : undefined;
  if (sentence === undefined) return scalarCheck([...alphabet, ...lengthsOf(shape)], hide);
  const lengths = scalarCheck(lengthsOf(shape), hide);
  return {
    check(value, above, step, failures) {
      lengths.check(value, above, step, failures);
      if (failures.sentence === undefined && !alphabet.every(({ holds }) => holds(value))) {
        failures.sentence = `The specified value for ${spell(above, step)} is invalid. ${sentence}`;
      }
    },
  };
}

/**
 * The length of the list, then its elements. Structures fail one by one, under their number; strings and numbers fail
 * once for the whole list, with everything that is asked of each.
 */
function listCheck(model: Model, shapeName: string, shape: ListShape, hide: boolean): Check {
  const hideList = hide || !isPrintable(model, shapeName);
  const member = shapeOf(model, shape.member);
  if (!isScalar(member)) {
    const lengths = scalarCheck(lengthsOf(shape), hideList);
    const element = checkOf(model, shape.member, hide);
    return {
      check(value, above, step, failures) {
        lengths.check(value, above, step, failures);
        if (!Array.isArray(value)) return;
        const path = { above, step };
        for (let index = 0; index < value.length && failures.found.length < maxFailures; index++) {
          element.check(value[index], path, index + 1, failures);
        }
      },
    };
  }
  const asked = [...lengthsOf(member), ...alphabetOf(member)];
  const texts = asked.map(({ text }) => text);
  // Recorded on the tag keys of IAM, 2026-02; in the same month not on the lists of CreateOpenIDConnectProvider.
  if (model.service === "iam" && shapeName === "tagKeyListType") texts.push("Member must not be null");
  const elements = every(asked, `Member must satisfy constraint: [${texts.join(", ")}]`, (value) =>
    Array.isArray(value) ? value : [],
  );
  return scalarCheck([...lengthsOf(shape), ...elements], hideList);
}

/** Keys fail once for the whole map, and so do strings and numbers as values; structures fail under their key. */
function mapCheck(model: Model, shapeName: string, shape: MapShape, hide: boolean): Check {
  const key = shapeOf(model, shape.key);
  const value = shapeOf(model, shape.value);
  const askedOfKeys = [...lengthsOf(key), ...alphabetOf(key)];
  const askedOfValues = isScalar(value) ? [...lengthsOf(value), ...alphabetOf(value)] : [];
  const textOf = (asked: readonly Constraint[]) => asked.map(({ text }) => text).join(", ");
  const whole = scalarCheck(
    [
      ...lengthsOf(shape),
      ...every(askedOfKeys, `Map keys must satisfy constraint: [${textOf(askedOfKeys)}]`, (map) =>
        isObject(map) ? Object.keys(map) : [],
      ),
      ...every(askedOfValues, `Map value must satisfy constraint: [${textOf(askedOfValues)}]`, (map) =>
        isObject(map) ? Object.values(map) : [],
      ),
    ],
    hide || !isPrintable(model, shapeName),
  );
  if (isScalar(value)) return whole;
  const element = checkOf(model, shape.value, hide);
  return {
    check(map, above, step, failures) {
      whole.check(map, above, step, failures);
      if (!isObject(map)) return;
      const path = { above, step };
      for (const [name, item] of Object.entries(map)) {
        if (failures.found.length >= maxFailures) break;
        element.check(item, path, `${name}.member`, failures);
      }
    },
  };
}

function isSensitive(shape: Shape): boolean {
  return "sensitive" in shape && shape.sensitive === true;
}

function isScalar(shape: Shape): boolean {
  return shape.type !== "structure" && shape.type !== "list" && shape.type !== "map";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function every(
  asked: readonly Constraint[],
  text: string,
  elementsOf: (value: unknown) => readonly unknown[],
): readonly Constraint[] {
  if (asked.length === 0) return [];
  return [{ text, holds: (value) => elementsOf(value).every((element) => asked.every(({ holds }) => holds(element))) }];
}

// ---- what is asked

function lengthsOf(shape: Shape): readonly Constraint[] {
  switch (shape.type) {
    case "string":
      return bounds(shape, "length", String, (value) => (typeof value === "string" ? codePoints(value) : 0));
    case "blob":
      return bounds(shape, "length", String, (value) => (value instanceof Uint8Array ? value.byteLength : 0));
    case "list":
      return bounds(shape, "length", String, (value) => (Array.isArray(value) ? value.length : 0));
    case "map":
      return bounds(shape, "length", String, (value) => (isObject(value) ? Object.keys(value).length : 0));
    case "integer":
    case "long":
      return bounds(shape, "value", String, Number);
    case "float":
    case "double":
      // As Java prints them: 1 is 1.0.
      return bounds(shape, "value", (limit) => (Number.isInteger(limit) ? limit.toFixed(1) : String(limit)), Number);
    default:
      return [];
  }
}

function bounds(
  { min, max }: { readonly min?: number; readonly max?: number },
  what: "length" | "value",
  print: (limit: number) => string,
  measure: (value: unknown) => number,
): readonly Constraint[] {
  const constraints: Constraint[] = [];
  if (max !== undefined) {
    const text = `Member must have ${what} less than or equal to ${print(max)}`;
    constraints.push({ text, holds: (value) => measure(value) <= max });
  }
  if (min !== undefined) {
    const text = `Member must have ${what} greater than or equal to ${print(min)}`;
    constraints.push({ text, holds: (value) => measure(value) >= min });
  }
  return constraints;
}

function codePoints(text: string): number {
  if (!/[\ud800-\udbff]/.test(text)) return text.length;
  let count = 0;
  for (const _character of text) count++;
  return count;
}

/** The set or the pattern that a string belongs to. */
function alphabetOf(shape: Shape): readonly Constraint[] {
  if (shape.type !== "string") return [];
  const constraints: Constraint[] = [];
  if (shape.enum !== undefined) {
    const values = new Set<unknown>(shape.enum);
    const set = hashOrder(shape.enum, (value) => value).join(", ");
    constraints.push({ text: `Member must satisfy enum value set: [${set}]`, holds: (value) => values.has(value) });
  }
  if (shape.pattern !== undefined) {
    const source = shape.patternSource ?? linearForms.get(shape.pattern) ?? fromJava(shape.pattern);
    const pattern = new RegExp(`^(?:${source})$`, "u");
    // Past this the length has failed already, and what no pattern is asked of cannot keep one busy.
    const longest = shape.max === undefined ? Number.POSITIVE_INFINITY : Math.max(4096, 2 * shape.max);
    constraints.push({
      text: `Member must satisfy regular expression pattern: ${shape.pattern}`,
      holds: (value) => typeof value === "string" && (value.length > longest || pattern.test(value)),
    });
  }
  return constraints;
}

/**
 * IAM answers wrong characters in names and paths in its own words, without the pattern: recorded on the Path of
 * CreateVirtualMFADevice, 2026-02; reported for userName, groupName, roleName and policyName, 2018 to 2026.
 */
const pathSentence = "It must begin and end with / and contain only alphanumeric characters and/or / characters.";
const iamSentences: ReadonlyMap<string, string> = new Map([
  ["[\\w+=,.@-]+", "It must contain only alphanumeric characters and/or the following: +=,.@_-"],
  ["(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", pathSentence],
  ["((/[A-Za-z0-9\\.,\\+@=_-]+)*)/", pathSentence],
]);

const visible = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]";
const visibleOrBlank = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P} \\t\\n\\v\\f\\r*]";

/**
 * The patterns whose parts overlap, so that JavaScript would try every way to divide a long value among them: here as
 * the same language, read in linear time. First all characters are looked at, then the parts in between are found.
 */
export const linearForms: ReadonlyMap<string, string> = new Map([
  ["[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+", `(?=${visible}+$)[^][^@]*@[^]+`],
  [
    "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*",
    `(?=${visibleOrBlank}*$)[^]*\\{####\\}[^]*`,
  ],
  [
    "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{##[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*##\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*",
    // The back-reference keeps the first `{##`: if no `##}` follows it, none follows a later one.
    `(?=${visibleOrBlank}*$)(?=([^]*?\\{##))\\1[^]*##\\}[^]*`,
  ],
]);

/** In Java `\s` is six characters of ASCII; in JavaScript it is every Unicode space. */
function fromJava(pattern: string): string {
  let source = "";
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "\\") {
      const pair = pattern.slice(at, at + 2);
      at++;
      if (pair === "\\s") source += inClass ? " \\t\\n\\v\\f\\r" : "[ \\t\\n\\v\\f\\r]";
      else if (pair !== "\\S") source += pair;
      else if (source.endsWith("[") && pattern.charAt(at + 1) === "]") source += "^ \\t\\n\\v\\f\\r";
      else throw new Error(`${pattern}: \\S can only be translated where it stands alone in brackets`);
      continue;
    }
    if (character === "[") inClass = true;
    if (character === "]") inClass = false;
    source += character;
  }
  return source;
}

// ---- how it is said

/**
 * The order of Java's HashMap, which every message of AWS with several members or a set of values has been found in
 * (UpdateAccountPasswordPolicy, CreateOpenIDConnectProvider, SignUp, ConfirmForgotPassword, the set [OPTIONAL, OFF, ON],
 * and a dozen of other services): by hash, in a table that doubles as it fills. Which of two with the same place comes
 * first is not known: here the model's order.
 */
function hashOrder<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  let places = 16;
  while (items.length > places * 0.75) places *= 2;
  const placeOf = (item: T) => {
    const name = nameOf(item);
    let hash = 0;
    for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
    return (hash ^ (hash >>> 16)) & (places - 1);
  };
  return items.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function fail(failures: Failures, value: string | undefined, above: Path | undefined, step: Step, text: string): void {
  if (failures.found.length >= maxFailures) return;
  failures.found.push(
    `Value ${value === undefined ? "" : `${value} `}at '${spell(above, step)}' failed to satisfy constraint: ${text}`,
  );
}

/** `tags.1.member.key` */
function spell(above: Path | undefined, step: Step): string {
  const word = typeof step === "number" ? `${step}.member` : step;
  return above === undefined ? word : `${spell(above.above, above.step)}.${word}`;
}

function quoted(value: unknown): string {
  return `'${printed(value)}'`;
}

/** As Java prints values. */
function printed(value: unknown): string {
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  if (Array.isArray(value)) return `[${value.map(printed).join(", ")}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, member]) => `${key}=${printed(member)}`)
    .join(", ")}}`;
}

/**
 * Whether a list or map is shown where it fails. One that holds structures is not: AWS prints the names of its Java
 * classes there, which nobody reads. One that holds secrets is not either.
 */
function isPrintable(model: Model, shapeName: string): boolean {
  const shape = shapeOf(model, shapeName);
  if (isSensitive(shape)) return false;
  const inside = shape.type === "list" ? [shape.member] : shape.type === "map" ? [shape.key, shape.value] : [];
  return shape.type !== "structure" && inside.every((name) => isPrintable(model, name));
}
