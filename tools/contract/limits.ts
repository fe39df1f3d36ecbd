import { readFileSync } from "node:fs";
import type { ErrorShape, Model, Shape } from "../../server/src/contract/shape.ts";

/**
 * The API model reduced to what the contract needs: no prose, and nothing of examples, endpoints or pagination.
 * limits/ keeps it checked in, so that anyone can regenerate the contract without the models themselves.
 */
export interface Limits {
  /** Where it was reduced from, such as `botocore 1.43.107`. */
  readonly source: string;
  readonly apiVersion: string;
  readonly protocol: Model["protocol"];
  readonly xmlNamespace?: string;
  readonly targetPrefix?: string;
  readonly operations: Readonly<Record<string, LimitsOperation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly errors: Readonly<Record<string, LimitsError>>;
}

export interface LimitsOperation {
  readonly input?: string;
  readonly output?: string;
  readonly resultWrapper?: string;
  readonly errors: readonly string[];
  readonly unsigned?: true;
}

export interface LimitsError {
  readonly code?: string;
  readonly status?: number;
  readonly fault?: ErrorShape["fault"];
  readonly members: Readonly<Record<string, string>>;
}

// service-2.json, as far as it is read here.
interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly document?: boolean;
  readonly union?: boolean;
  readonly exception?: boolean;
  readonly fault?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean };
}

interface ServiceModel {
  readonly metadata: {
    readonly apiVersion: string;
    readonly protocol: string;
    readonly xmlNamespace?: string;
    readonly targetPrefix?: string;
  };
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly input?: { readonly shape: string };
        readonly output?: { readonly shape: string; readonly resultWrapper?: string };
        readonly errors?: readonly { readonly shape: string }[];
        readonly authtype?: string;
        readonly auth?: readonly string[];
      }
    >
  >;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

export function reduceModel(text: string, source: string): Limits {
  const model: ServiceModel = JSON.parse(text);
  const { protocol, apiVersion, xmlNamespace, targetPrefix } = model.metadata;
  if (protocol !== "query" && protocol !== "json") throw new Error(`unknown protocol: ${protocol}`);
  const operations: Record<string, LimitsOperation> = {};
  for (const [name, operation] of sorted(model.operations)) {
    const authNone = operation.authtype === "none";
    const noAuth = operation.auth?.includes("smithy.api#noAuth") === true;
    if (authNone !== noAuth) throw new Error(`${name}: authtype and auth disagree`);
    operations[name] = {
      ...(operation.input === undefined ? {} : { input: operation.input.shape }),
      ...(operation.output === undefined ? {} : { output: operation.output.shape }),
      ...(operation.output?.resultWrapper === undefined ? {} : { resultWrapper: operation.output.resultWrapper }),
      errors: [...new Set((operation.errors ?? []).map(({ shape }) => shape))],
      ...(authNone ? { unsigned: true } : {}),
    };
  }
  const shapes: Record<string, Shape> = {};
  const errors: Record<string, LimitsError> = {};
  for (const [name, shape] of sorted(model.shapes)) {
    if (shape.exception === true) errors[name] = reduceError(shape);
    else shapes[name] = reduceShape(name, shape);
  }
  return {
    source,
    apiVersion,
    protocol,
    ...(xmlNamespace === undefined ? {} : { xmlNamespace }),
    ...(targetPrefix === undefined ? {} : { targetPrefix }),
    operations,
    shapes,
    errors,
  };
}

function reduceError(shape: ModelShape): LimitsError {
  const { code, httpStatusCode, senderFault } = shape.error ?? {};
  const fault = shape.fault === true || senderFault === false ? "server" : senderFault === true ? "client" : undefined;
  return {
    ...(code === undefined ? {} : { code }),
    ...(httpStatusCode === undefined ? {} : { status: httpStatusCode }),
    ...(fault === undefined ? {} : { fault }),
    members: membersOf(shape),
  };
}

function membersOf(shape: ModelShape): Record<string, string> {
  return Object.fromEntries(Object.entries(shape.members ?? {}).map(([name, member]) => [name, member.shape]));
}

function reduceShape(name: string, shape: ModelShape): Shape {
  const bounds = {
    ...(shape.min === undefined ? {} : { min: shape.min }),
    ...(shape.max === undefined ? {} : { max: shape.max }),
  };
  const sensitive = shape.sensitive === true ? { sensitive: true as const } : {};
  switch (shape.type) {
    case "string":
      return {
        type: "string",
        ...bounds,
        ...(shape.pattern === undefined ? {} : { pattern: shape.pattern }),
        ...(shape.enum === undefined ? {} : { enum: shape.enum }),
        ...sensitive,
      };
    case "integer":
    case "long":
    case "float":
    case "double":
      return { type: shape.type, ...bounds, ...sensitive };
    case "blob":
      return { type: "blob", ...bounds, ...sensitive };
    case "boolean":
    case "timestamp":
      return { type: shape.type };
    case "list":
      return { type: "list", member: target(name, shape.member), ...bounds, ...sensitive };
    case "map":
      return { type: "map", key: target(name, shape.key), value: target(name, shape.value), ...bounds, ...sensitive };
    case "structure": {
      if (shape.document === true) return { type: "document" };
      const { required } = shape;
      return {
        type: "structure",
        members: membersOf(shape),
        ...(required === undefined || required.length === 0 ? {} : { required }),
        ...(shape.union === true ? { union: true as const } : {}),
        ...sensitive,
      };
    }
    default:
      throw new Error(`${name}: unknown type ${shape.type}`);
  }
}

function target(name: string, reference: { readonly shape: string } | undefined): string {
  if (reference === undefined) throw new Error(`${name}: nothing inside`);
  return reference.shape;
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

export function readLimits(service: Model["service"]): Limits {
  return JSON.parse(readFileSync(new URL(`limits/${service}.json`, import.meta.url), "utf8"));
}
