/**
 * contract/: what AWS promised. The model of the three services (operations, shapes, limits, errors) as data, made by
 * tools/contract from the AWS SDK's schemas and the AWS API models, never edited by hand. This file, model.ts,
 * service-exception.ts and stored-pairs.ts are written. The codecs, the validator, the error table and the log's redaction
 * all read these shapes; nothing else in the house knows a member's wire form, limit or status.
 */

export interface StringShape {
  readonly type: "string";
  readonly min?: number;
  readonly max?: number;
  /** As AWS prints it in messages; it must match the whole value. */
  readonly pattern?: string;
  /** What to compile where AWS's own pattern is not valid for JavaScript's `u` or `v` flag. */
  readonly patternSource?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: true;
}

export interface NumberShape {
  readonly type: "integer" | "long" | "float" | "double";
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

export interface BooleanShape {
  readonly type: "boolean";
}

export interface TimestampShape {
  readonly type: "timestamp";
}

/** Bytes: base64 on both wires. */
export interface BlobShape {
  readonly type: "blob";
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** Any JSON value at all, of any depth (Settings of a managed login branding). JSON protocol only. */
export interface DocumentShape {
  readonly type: "document";
}

export interface ListShape {
  readonly type: "list";
  readonly member: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

export interface MapShape {
  readonly type: "map";
  readonly key: string;
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

export interface StructureShape {
  readonly type: "structure";
  /** Member name (which is also its wire name) to shape name, in AWS's order. */
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** On the wire a structure, of which exactly one member is present. */
  readonly union?: true;
  readonly sensitive?: true;
}

export type Shape =
  | StringShape
  | NumberShape
  | BooleanShape
  | TimestampShape
  | BlobShape
  | DocumentShape
  | ListShape
  | MapShape
  | StructureShape;

/** sigv4: an IAM caller. token: an AccessToken member says who. none: public, or bound by a session member. */
export type Auth = "sigv4" | "token" | "none";

export interface OperationShape {
  /** Structure names. Absent where AWS defines no members at all. */
  readonly input?: string;
  readonly output?: string;
  /** The element around a Query result; absent where AWS answers with ResponseMetadata alone. */
  readonly resultWrapper?: string;
  /** Error shape names that AWS lists for this operation. */
  readonly errors: readonly string[];
  readonly auth: Auth;
}

export interface ErrorShape {
  /** The code on the wire, such as `NoSuchEntity` for NoSuchEntityException. */
  readonly code: string;
  readonly status: number;
  readonly fault: "client" | "server";
  /** Members besides the message, with their shapes. */
  readonly members?: Readonly<Record<string, string>>;
}

export interface Model {
  readonly service: "iam" | "sts" | "cognito-idp";
  readonly apiVersion: string;
  readonly protocol: "query" | "json";
  /** Query protocol only. */
  readonly xmlNamespace?: string;
  /** JSON protocol only: the part of X-Amz-Target before the dot. */
  readonly targetPrefix?: string;
  readonly operations: Readonly<Record<string, OperationShape>>;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly errors: Readonly<Record<string, ErrorShape>>;
}

/** One row of a service's typed table: what an operation takes, gives, may refuse with, and who may call it. */
export interface ApiRow {
  readonly input: object;
  readonly output: object;
  readonly error: string;
  readonly auth: Auth;
}

/** The SDK types every required input as possibly undefined; after validation it is there. */
export type Validated<T, K extends keyof T = never> = Omit<T, K> & { [P in K]-?: Exclude<T[P], undefined> };
