import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as cognitoPackage from "@aws-sdk/client-cognito-identity-provider";
import * as iamPackage from "@aws-sdk/client-iam";
import * as stsPackage from "@aws-sdk/client-sts";

/**
 * What a published client package says of its API. The schemas carry kinds, required members, sensitivity and error
 * statuses; the type declarations carry what the schemas lose: AWS's member order (a schema lists required members
 * first), the names of enums, and the errors of each operation.
 */
export interface SdkApi {
  readonly package: string;
  readonly version: string;
  readonly operations: ReadonlyMap<string, SdkOperation>;
  readonly errors: ReadonlyMap<string, SdkError>;
  /** Values of each exported enum, by its name. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** Member to declared TypeScript type, in AWS's order, for each declared interface. */
  readonly declarations: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface SdkOperation {
  readonly name: string;
  readonly input: SdkStructure | undefined;
  readonly output: SdkStructure | undefined;
  readonly unsigned: boolean;
  readonly errors: readonly string[];
}

export interface SdkError {
  readonly name: string;
  readonly fault: "client" | "server";
  readonly status: number | undefined;
  readonly queryCode: string | undefined;
  readonly members: ReadonlyMap<string, SdkShape>;
}

export type SimpleKind = "string" | "number" | "boolean" | "timestamp" | "blob" | "document";

export interface SdkSimple {
  readonly kind: SimpleKind;
  readonly name: string | undefined;
  readonly sensitive: boolean;
}

export interface SdkList {
  readonly kind: "list";
  readonly name: string | undefined;
  readonly sensitive: boolean;
  readonly member: SdkShape;
}

export interface SdkMap {
  readonly kind: "map";
  readonly name: string | undefined;
  readonly sensitive: boolean;
  readonly key: SdkShape;
  readonly value: SdkShape;
}

export interface SdkStructure {
  readonly kind: "structure" | "union";
  readonly name: string;
  readonly sensitive: boolean;
  /** A thunk, because structures contain themselves. */
  readonly members: () => ReadonlyMap<string, SdkShape>;
  readonly required: readonly string[];
}

export type SdkShape = SdkSimple | SdkList | SdkMap | SdkStructure;

// The numbers are those of static-schemas.d.ts and sentinels.d.ts in @smithy/types.
const simpleKinds: Readonly<Record<number, SimpleKind>> = {
  0: "string",
  1: "number",
  2: "boolean",
  4: "timestamp",
  15: "document",
  21: "blob",
};
const [SIMPLE, LIST, MAP, STRUCTURE, UNION, OPERATION, ERROR] = [0, 1, 2, 3, 4, 9, -3];
const LIST_OF = 0b0100_0000;
const MAP_OF = 0b1000_0000;
const SENSITIVE = 0b1000;

class Unreadable extends Error {
  override readonly name = "Unreadable";
}

function strings(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new Unreadable(`expected a list of strings: ${JSON.stringify(value)}`);
}

function string(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Unreadable(`expected a string: ${JSON.stringify(value)}`);
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Unreadable(`expected a list: ${String(value)}`);
}

/** Either a bit vector, of which only `sensitive` occurs in these services, or an object with the error traits. */
function traits(value: unknown): { sensitive: boolean; named: ReadonlyMap<string, unknown> } {
  if (typeof value === "number") {
    if ((value & ~SENSITIVE) !== 0) throw new Unreadable(`unknown trait bits: ${value}`);
    return { sensitive: value === SENSITIVE, named: new Map() };
  }
  if (typeof value === "object" && value !== null) {
    const named = new Map<string, unknown>(Object.entries(value));
    for (const name of named.keys()) {
      if (!["error", "httpError", "awsQueryError"].includes(name)) throw new Unreadable(`unknown trait: ${name}`);
    }
    return { sensitive: false, named };
  }
  throw new Unreadable(`unknown traits: ${String(value)}`);
}

function anonymous(code: number, sensitive: boolean): SdkShape {
  if ((code & MAP_OF) !== 0) {
    const key = anonymous(0, false);
    return { kind: "map", name: undefined, sensitive, key, value: anonymous(code & ~MAP_OF, false) };
  }
  if ((code & LIST_OF) !== 0) {
    return { kind: "list", name: undefined, sensitive, member: anonymous(code & ~LIST_OF, false) };
  }
  const kind = simpleKinds[code];
  if (kind === undefined) throw new Unreadable(`unknown simple schema: ${code}`);
  return { kind, name: undefined, sensitive };
}

/** A reference is a number, a schema, a thunk of either, or one of these beside member traits. */
function shapeOf(reference: unknown): SdkShape {
  const ref: unknown = typeof reference === "function" ? reference() : reference;
  if (typeof ref === "number") return anonymous(ref, false);
  const schema = list(ref);
  if (typeof schema[0] === "function" || schema.length === 2) {
    const shape = shapeOf(schema[0]);
    return traits(schema[1]).sensitive ? { ...shape, sensitive: true } : shape;
  }
  const name = string(schema[2]);
  const { sensitive } = traits(schema[3]);
  switch (schema[0]) {
    case SIMPLE: {
      const shape = shapeOf(schema[4]);
      if (shape.kind === "structure" || shape.kind === "union") throw new Unreadable(`${name} is not simple`);
      return { ...shape, name, sensitive };
    }
    case LIST:
      return { kind: "list", name, sensitive, member: shapeOf(schema[4]) };
    case MAP:
      return { kind: "map", name, sensitive, key: shapeOf(schema[4]), value: shapeOf(schema[5]) };
    case STRUCTURE:
    case UNION: {
      const names = strings(schema[4]);
      const references = list(schema[5]);
      return {
        kind: schema[0] === UNION ? "union" : "structure",
        name,
        sensitive,
        members: () => new Map(names.map((member, index) => [member, shapeOf(references[index])])),
        required: names.slice(0, typeof schema[6] === "number" ? schema[6] : 0),
      };
    }
    default:
      throw new Unreadable(`unknown schema: ${JSON.stringify(schema[0])} ${name}`);
  }
}

function structureOf(reference: unknown): SdkStructure | undefined {
  const ref: unknown = typeof reference === "function" ? reference() : reference;
  if (ref === "unit") return undefined;
  const shape = shapeOf(ref);
  if (shape.kind !== "structure") throw new Unreadable(`an operation takes and gives structures, not ${shape.kind}`);
  return shape;
}

function errorOf(schema: readonly unknown[]): SdkError {
  const name = string(schema[2]);
  const { named } = traits(schema[3]);
  const fault = named.get("error");
  if (fault !== "client" && fault !== "server") throw new Unreadable(`${name}: fault ${String(fault)}`);
  const status = named.get("httpError");
  const query = named.get("awsQueryError");
  const names = strings(schema[4]);
  const references = list(schema[5]);
  return {
    name,
    fault,
    status: typeof status === "number" ? status : undefined,
    queryCode: query === undefined ? undefined : string(list(query)[0]),
    members: new Map(names.map((member, index) => [member, shapeOf(references[index])])),
  };
}

const comments = /\/\*[\s\S]*?\*\//g;

function declarationsIn(folder: string): Map<string, Map<string, string>> {
  const declarations = new Map<string, Map<string, string>>();
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(`${folder}/${file}`, "utf8").replace(comments, "");
    for (const [, name, body] of text.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)) {
      const members = new Map<string, string>();
      for (const [, member, type] of (body ?? "").matchAll(/^ {4}(\w+)\??: (.+?)(?: \| undefined)?;$/gm)) {
        members.set(string(member), string(type));
      }
      declarations.set(string(name), members);
    }
  }
  return declarations;
}

function errorsThrown(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  // The last @throws of every command is the service's base class: any other error at all.
  return [...text.matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)].map(([, name]) => string(name));
}

async function readApi(
  packageName: string,
  exported: Readonly<Record<string, unknown>>,
  isUnsigned: (operation: string) => boolean,
): Promise<SdkApi> {
  const folder = fileURLToPath(new URL("..", import.meta.resolve(packageName)));
  const manifest: unknown = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) {
    throw new Unreadable(`${packageName}: no version`);
  }
  const declarations = declarationsIn(`${folder}dist-types/models`);
  const operations = new Map<string, SdkOperation>();
  const errors = new Map<string, SdkError>();
  const enums = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(exported)) {
    if (Array.isArray(value) && value[0] === OPERATION) {
      const schema: readonly unknown[] = value;
      const name = string(schema[2]);
      operations.set(name, {
        name,
        input: structureOf(schema[4]),
        output: structureOf(schema[5]),
        unsigned: isUnsigned(name),
        errors: errorsThrown(`${folder}dist-types/commands/${name}Command.d.ts`),
      });
    } else if (Array.isArray(value) && value[0] === ERROR) {
      // The namespace of the package's own base class; every other error is AWS's.
      if (!string(value[1]).startsWith("smithy.ts.sdk.synthetic")) errors.set(string(value[2]), errorOf(value));
    } else if (typeof value === "object" && value !== null && !Array.isArray(value) && /^[A-Z]\w*$/.test(key)) {
      const values = Object.values(value);
      if (values.every((item) => typeof item === "string")) enums.set(key, strings(values));
    }
  }
  return { package: packageName, version: string(manifest.version), operations, errors, enums, declarations };
}

const noAuth = "smithy.api#noAuth";

export async function readSdk(service: "iam" | "sts" | "cognito-idp"): Promise<SdkApi> {
  const region = "us-east-1";
  switch (service) {
    case "iam": {
      const { httpAuthSchemeProvider } = new iamPackage.IAMClient({ region }).config;
      return readApi("@aws-sdk/client-iam", iamPackage, (operation) =>
        httpAuthSchemeProvider({ operation, region }).some(({ schemeId }) => schemeId === noAuth),
      );
    }
    case "sts": {
      const { httpAuthSchemeProvider } = new stsPackage.STSClient({ region }).config;
      return readApi("@aws-sdk/client-sts", stsPackage, (operation) =>
        httpAuthSchemeProvider({ operation, region, Region: region }).some(({ schemeId }) => schemeId === noAuth),
      );
    }
    case "cognito-idp": {
      const { httpAuthSchemeProvider } = new cognitoPackage.CognitoIdentityProviderClient({ region }).config;
      return readApi("@aws-sdk/client-cognito-identity-provider", cognitoPackage, (operation) =>
        httpAuthSchemeProvider({ operation, region }).some(({ schemeId }) => schemeId === noAuth),
      );
    }
  }
}
