import type { Auth, ErrorShape, Model, OperationShape, Shape, StringShape } from "../../server/src/contract/shape.ts";
import type { Limits } from "./limits.ts";
import type { Line, Overrides } from "./overrides.ts";
import type { SdkApi, SdkError, SdkOperation, SdkShape, SdkStructure } from "./sdk.ts";

export interface Joined {
  readonly model: Model;
  /** Where the two sources differ and which one was followed, a line each. */
  readonly report: readonly string[];
}

/** The sources contradict each other, or an override no longer has anything to correct. */
export class Contradiction extends Error {
  override readonly name = "Contradiction";
}

const typesOf: Readonly<Record<SdkShape["kind"], readonly Shape["type"][]>> = {
  string: ["string"],
  number: ["integer", "long", "float", "double"],
  boolean: ["boolean"],
  timestamp: ["timestamp"],
  blob: ["blob"],
  document: ["document"],
  list: ["list"],
  map: ["map"],
  structure: ["structure"],
  union: ["structure"],
};

/**
 * Walks every operation's input, output and errors in both sources at once, member by member. Shapes are named as in
 * the API model, since most of the SDK's have no name. The SDK is the newer source and decides what exists; the API
 * model decides the limits.
 */
export function join(service: Model["service"], sdk: SdkApi, limits: Limits, overrides: Overrides): Joined {
  const report: string[] = [];
  const shapes: Record<string, Shape> = {};
  const errors: Record<string, ErrorShape> = {};
  const unused = new Set<string>();

  function corrections<T>(table: string, lines: Readonly<Record<string, Line<T>>>): (key: string) => T | undefined {
    for (const key of Object.keys(lines)) unused.add(`${table} ${key}`);
    return (key) => {
      unused.delete(`${table} ${key}`);
      return lines[key]?.is;
    };
  }
  const correctedMember = corrections("members", overrides.members);
  const correctedShape = corrections("shapes", overrides.shapes);
  const correctedPattern = corrections("patterns", overrides.patterns);
  const correctedStatus = corrections("statuses", overrides.statuses);

  /** `declared` is the member's TypeScript type, which names enums; `where` is the override's key. */
  function visit(shape: SdkShape, modelled: string | undefined, declared: string | undefined, where: string): string {
    const name = modelled ?? shapeName(shape, declared, where);
    const known = limits.shapes[name] ?? correctedShape(name);
    for (const other of [known, shapes[name]]) {
      if (other !== undefined && !typesOf[shape.kind].includes(other.type)) {
        throw new Contradiction(`${where}: ${shape.kind} in the SDK, but ${name} is a ${other.type}`);
      }
    }
    if (shape.kind === "structure" || shape.kind === "union") {
      if (shape.name !== name) throw new Contradiction(`${where}: ${shape.name} in the SDK, ${name} in the model`);
      visitStructure(shape, known);
      return name;
    }
    if (shapes[name] !== undefined) return name;
    if (known !== undefined && "sensitive" in known !== shape.sensitive) {
      throw new Contradiction(`${where}: only one source calls ${name} sensitive`);
    }
    const sensitive = shape.sensitive ? { sensitive: true as const } : {};
    if (shape.kind === "list") {
      const of = known?.type === "list" ? known : undefined;
      const member = visit(shape.member, of?.member, declared?.replace(/\[\]$/, ""), `${name}.member`);
      shapes[name] = { ...of, type: "list", member, ...sensitive };
    } else if (shape.kind === "map") {
      const of = known?.type === "map" ? known : undefined;
      const [, keyType, valueType] = declared?.match(/Record<(\w+), (\w+)>/) ?? [];
      const key = visit(shape.key, of?.key, keyType, `${name}.key`);
      const value = visit(shape.value, of?.value, valueType, `${name}.value`);
      shapes[name] = { ...of, type: "map", key, value, ...sensitive };
    } else if (shape.kind === "string") {
      const of = known?.type === "string" ? known : undefined;
      if (of === undefined) report.push(`${where}: ${name} is not in the model`);
      const values = enumOf(name, of, declared, where);
      const patternSource = patternFor(name, of?.pattern);
      shapes[name] = {
        ...of,
        type: "string",
        ...(values === undefined ? {} : { enum: values }),
        ...(patternSource === undefined ? {} : { patternSource }),
        ...sensitive,
      };
    } else if (known === undefined) {
      throw new Contradiction(`${where}: a ${shape.kind} that the model lacks; overrides.ts must say what it is`);
    } else {
      shapes[name] = known;
    }
    return name;
  }

  function shapeName(shape: SdkShape, declared: string | undefined, where: string): string {
    const name = correctedMember(where) ?? shape.name;
    if (name !== undefined) return name;
    if (declared !== undefined && sdk.enums.has(declared)) return declared;
    throw new Contradiction(`${where}: a ${shape.kind} that the model lacks; overrides.ts must name its shape`);
  }

  /** The SDK may know values that the model does not, never the other way round. */
  function enumOf(name: string, known: StringShape | undefined, declared: string | undefined, where: string) {
    const values = declared === undefined ? undefined : sdk.enums.get(declared);
    if (values === undefined) {
      if (known?.enum !== undefined) report.push(`${where}: ${name} has an enum in the model only; kept`);
      return known?.enum;
    }
    if (known?.enum === undefined) {
      report.push(`${where}: ${name} has an enum in the SDK only; added`);
      return values;
    }
    const lost = known.enum.filter((value) => !values.includes(value));
    if (lost.length > 0) throw new Contradiction(`${where}: ${name} lost ${lost.join(", ")} in the SDK`);
    const added = values.filter((value) => !known.enum?.includes(value));
    if (added.length > 0) report.push(`${where}: ${name} has ${added.join(", ")} in the SDK only; added`);
    return [...known.enum, ...added];
  }

  function patternFor(name: string, pattern: string | undefined): string | undefined {
    if (pattern === undefined) return undefined;
    const source = correctedPattern(name);
    if (compiles(pattern) !== (source === undefined) && overrides.patterns[name]?.widens !== true) {
      throw new Contradiction(`pattern of ${name}: ${source === undefined ? "does not compile" : "compiles as it is"}`);
    }
    return source;
  }

  function visitStructure(shape: SdkStructure, known: Shape | undefined): void {
    const { name } = shape;
    if (shapes[name] !== undefined) return;
    if (known === undefined) report.push(`structure ${name} is in the SDK only`);
    const modelled = known?.type === "structure" ? known : undefined;
    const members: Record<string, string> = {};
    const made = {
      type: "structure" as const,
      members,
      ...(shape.required.length === 0 ? {} : { required: inOrder(shape, shape.required) }),
      ...(shape.kind === "union" ? { union: true as const } : {}),
      ...(shape.sensitive ? { sensitive: true as const } : {}),
    };
    // Before the members, because a structure may contain itself.
    shapes[name] = made;
    const ofSdk = shape.members();
    for (const member of inOrder(shape, [...ofSdk.keys()])) {
      const memberShape = ofSdk.get(member);
      if (memberShape === undefined) throw new Contradiction(`${name}.${member} is declared but has no schema`);
      const where = `${name}.${member}`;
      const target = modelled?.members[member];
      if (modelled !== undefined && target === undefined) report.push(`${where} is in the SDK only`);
      members[member] = visit(memberShape, target, sdk.declarations.get(name)?.get(member), where);
    }
    for (const member of Object.keys(modelled?.members ?? {})) {
      if (!ofSdk.has(member)) throw new Contradiction(`${name}.${member} is in the model only`);
    }
    if (modelled === undefined) return;
    if (!sameSet(shape.required, modelled.required ?? [])) throw new Contradiction(`${name}: required members differ`);
    if ((modelled.sensitive === true) !== shape.sensitive) throw new Contradiction(`${name}: sensitive in one source`);
    if ((modelled.union === true) !== (shape.kind === "union")) throw new Contradiction(`${name}: union in one source`);
  }

  /** Members as the declaration lists them: AWS's order. A union is declared another way and has no required ones. */
  function inOrder(shape: SdkStructure, members: readonly string[]): string[] {
    if (shape.kind === "union") return [...members];
    const declared = [...(sdk.declarations.get(shape.name)?.keys() ?? [])];
    if (!sameSet(declared, [...shape.members().keys()])) {
      throw new Contradiction(`${shape.name}: the declaration and the schema have different members`);
    }
    return declared.filter((member) => members.includes(member));
  }

  function visitError(error: SdkError): void {
    if (errors[error.name] !== undefined) return;
    const known = limits.errors[error.name];
    if (known === undefined) report.push(`error ${error.name} is in the SDK only`);
    const status = error.status ?? (error.fault === "server" ? 500 : 400);
    if (known?.status !== undefined && known.status !== status) {
      throw new Contradiction(`${error.name}: status ${status} in the SDK, ${known.status} in the model`);
    }
    if (known?.fault !== undefined && known.fault !== error.fault) {
      throw new Contradiction(`${error.name}: fault ${error.fault} in the SDK, ${known.fault} in the model`);
    }
    // Without an awsQueryError trait the code is the shape's name, which is also what clients look it up by.
    const code = error.queryCode ?? error.name;
    if (known?.code !== undefined && known.code !== code) {
      throw new Contradiction(`${error.name}: code ${code} in the SDK, ${known.code} in the model`);
    }
    const observed = correctedStatus(error.name);
    if (observed === status) throw new Contradiction(`statuses ${error.name}: the sources already say ${status}`);
    const members: Record<string, string> = {};
    for (const [member, shape] of error.members) {
      if (/^message$/i.test(member)) continue;
      members[member] = visit(shape, known?.members[member], undefined, `${error.name}.${member}`);
    }
    errors[error.name] = {
      code,
      status: observed ?? status,
      fault: error.fault,
      ...(Object.keys(members).length === 0 ? {} : { members }),
    };
  }

  const operations: Record<string, OperationShape> = {};
  for (const operation of [...sdk.operations.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { name, input, output } = operation;
    const known = limits.operations[name];
    if (known === undefined) report.push(`operation ${name} is in the SDK only; errors and signing from the SDK`);
    else {
      if ((known.unsigned === true) !== operation.unsigned) throw new Contradiction(`${name}: unsigned in one source`);
      if (known.input !== input?.name) throw new Contradiction(`${name}: input ${known.input} or ${input?.name}`);
      if (known.output !== output?.name) throw new Contradiction(`${name}: output ${known.output} or ${output?.name}`);
    }
    if (input !== undefined) visit(input, known?.input, undefined, `${name} input`);
    if (output !== undefined) visit(output, known?.output, undefined, `${name} output`);
    const resultWrapper = known?.resultWrapper ?? (limits.protocol === "query" && output ? `${name}Result` : undefined);
    const codes = operationErrors(operation, known?.errors, report);
    for (const code of codes) {
      const error = sdk.errors.get(code);
      if (error === undefined) throw new Contradiction(`${name}: ${code} is not an error of the SDK`);
      visitError(error);
    }
    operations[name] = {
      ...(input === undefined ? {} : { input: input.name }),
      ...(output === undefined ? {} : { output: output.name }),
      ...(resultWrapper === undefined ? {} : { resultWrapper }),
      errors: codes,
      auth: authOf(operation),
    };
  }
  for (const name of Object.keys(limits.operations)) {
    if (operations[name] === undefined) throw new Contradiction(`operation ${name} is in the model only`);
  }
  if (unused.size > 0) throw new Contradiction(`overrides.ts lines without effect: ${[...unused].join(", ")}`);

  return {
    model: {
      service,
      apiVersion: limits.apiVersion,
      protocol: limits.protocol,
      ...(limits.xmlNamespace === undefined ? {} : { xmlNamespace: limits.xmlNamespace }),
      ...(limits.targetPrefix === undefined ? {} : { targetPrefix: limits.targetPrefix }),
      operations,
      shapes: byName(shapes),
      errors: byName(errors),
    },
    report,
  };
}

/** The model's list in the model's order, then what only the SDK declares. */
function operationErrors(
  operation: SdkOperation,
  modelled: readonly string[] | undefined,
  report: string[],
): readonly string[] {
  if (modelled === undefined) return operation.errors;
  const added = operation.errors.filter((error) => !modelled.includes(error));
  const lost = modelled.filter((error) => !operation.errors.includes(error));
  if (lost.length > 0) throw new Contradiction(`${operation.name}: ${lost.join(", ")} in the model only`);
  for (const error of added) report.push(`${operation.name}: ${error} is declared by the SDK only; added`);
  return [...modelled, ...added];
}

/** An unsigned operation with an AccessToken member, even an optional one, is called by a signed-in user. */
function authOf(operation: SdkOperation): Auth {
  if (!operation.unsigned) return "sigv4";
  return operation.input?.members().has("AccessToken") === true ? "token" : "none";
}

/** As the validator compiles it: anchored, and by code points, as AWS counts. */
function compiles(pattern: string): boolean {
  try {
    new RegExp(`^(?:${pattern})$`, "u");
    return true;
  } catch {
    return false;
  }
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}

function byName<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
