/**
 * services/: what each operation of AWS does. One PascalCase file is one operation, beside its test; operations.ts of
 * each service is its table of contents, in the order of the AWS reference; a lower-case noun file (user.ts) holds what
 * the operations on one resource share: its ARN, its row to wire shape, find-or-refuse.
 *
 * This file is the second half of a request's path. `perform` runs, in one transaction: resource (what is acted on),
 * authorize (may the caller), handle (do it). No operation can skip a phase, because none of them is called from
 * anywhere else. Codecs, limits, statuses and ids are never written here: contract/ and runtime/ have them.
 */
import type { CredentialCache } from "../access/authenticate.ts";
import { type AuthMode, authorize } from "../access/authorize.ts";
import type { Caller } from "../access/caller.ts";
import type { LastUsed } from "../access/last-used.ts";
import type { PolicyCache } from "../access/policies-of.ts";
import type { ServiceControl } from "../access/service-control.ts";
import type { ServiceUses } from "../access/service-uses.ts";
import { type CommonError, refusal, type ServiceException } from "../contract/service-exception.ts";
import type { ApiRow } from "../contract/shape.ts";
import type { ListingStoredPairs } from "../contract/stored-pairs.ts";
import type { Seal } from "../crypto/seal.ts";
import type { AuditLog } from "../runtime/audit-log.ts";
import type { Clock } from "../runtime/clock.ts";
import type { KeyPairs } from "../runtime/key-pairs.ts";
import type { Log } from "../runtime/log.ts";
import type { Random } from "../runtime/random.ts";
import type { Tasks } from "../runtime/tasks.ts";
import type { Workers } from "../runtime/workers.ts";
import type { Store, Tx } from "../store/store.ts";
import type { AppClients } from "./cognito/app-clients/app-client.ts";
import type { Outbox } from "./cognito/messages/outbox.ts";
import type { CompromisedPasswords } from "./cognito/risk/compromised-passwords.ts";
import type { AccessTokens } from "./cognito/sessions/access-token.ts";
import type { TokenKeys } from "./cognito/sessions/token-keys.ts";
import type { SigningCertificates } from "./cognito/signing-certificates/signing-certificates.ts";
import type { Triggers } from "./cognito/triggers/triggers.ts";
import type { IssuerKeys } from "./issuer-keys.ts";
import type { Quotas } from "./quotas.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { RolesAnywhere } from "./roles-anywhere/configuration.ts";

/** What the process offers to every operation; main.ts makes one. */
export interface Environment {
  readonly store: Store;
  readonly clock: Clock;
  readonly signatureClock: Clock;
  readonly random: Random;
  readonly seal: Seal;
  readonly keyPairs: KeyPairs;
  readonly log: Log;
  /** Undefined where nobody asked for one. */
  readonly auditLog: AuditLog | undefined;
  readonly authMode: AuthMode;
  readonly policies: PolicyCache;
  readonly serviceControl: ServiceControl;
  /** Undefined where there are no trust anchors. */
  readonly rolesAnywhere: RolesAnywhere | undefined;
  readonly credentials: CredentialCache;
  readonly lastUsed: LastUsed;
  readonly serviceUses: ServiceUses;
  readonly quotas: Quotas;
  /** Undefined where nobody is held to them. */
  readonly rateLimits: RateLimits | undefined;
  readonly tasks: Tasks;
  readonly workers: Workers;
  readonly signingCertificates: SigningCertificates;
  readonly issuerKeys: IssuerKeys;
  readonly appClients: AppClients;
  /** Undefined where there is no list of them. */
  readonly compromisedPasswords: CompromisedPasswords | undefined;
  readonly tokenKeys: TokenKeys;
  readonly accessTokens: AccessTokens;
  readonly outbox: Outbox;
  /** Lambda functions of user pools: never within a transaction. */
  readonly triggers: Triggers;
  /** Where others find this server, as `http://127.0.0.1:4566`: what it names itself by. */
  readonly publicUrl: () => string;
  /** What tokens of user pools name as their issuer; undefined for wherever each client found this server. */
  readonly issuerUrl: string | undefined;
  /** Whether SAML identity providers may sign with SHA-1. */
  readonly samlSha1: boolean;
}

/** What the endpoint knows of a request by the time its operation starts. */
export interface RequestFacts {
  readonly caller: Caller;
  readonly region: string;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly secureTransport: boolean;
  /** As the client sent it. */
  readonly host: string | undefined;
  /** Where whatever stands before this server says that the client is. */
  readonly country?: string | undefined;
}

/** What an operation acts on, for authorization: an ARN (`*` where AWS defines none), its tags, its condition keys. */
export interface Resource {
  readonly arn: string;
  readonly tags?: readonly Tag[] | undefined;
  /** Service condition keys, lower case, such as `iam:policyarn`. */
  readonly conditions?: Readonly<Record<string, readonly string[]>> | undefined;
  /** True where AWS lets every authenticated caller act, whatever policies say. */
  readonly public?: true | undefined;
  /** True where a setting of the account allows it to the caller, as long as no policy denies it. */
  readonly grantedByAccount?: boolean | undefined;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/**
 * Everything an operation may touch. Its code type is the operation's own errors and the common ones, so an error that
 * AWS does not list for the operation does not compile; a function shared by operations asks for a Call of the codes it
 * uses.
 */
export class Call<Code extends string = never> {
  readonly environment: Environment;
  readonly facts: RequestFacts;
  /** The time of this request, in milliseconds: one reading serves everything that it writes. */
  readonly now: number;
  readonly tx: Tx;

  constructor(environment: Environment, facts: RequestFacts, now: number, tx: Tx) {
    this.environment = environment;
    this.facts = facts;
    this.now = now;
    this.tx = tx;
  }

  get caller(): Caller {
    return this.facts.caller;
  }

  get accountId(): string {
    return this.facts.caller.accountId;
  }

  get region(): string {
    return this.facts.region;
  }

  get partition(): string {
    return this.facts.caller.partition;
  }

  get random(): Random {
    return this.environment.random;
  }

  /** The same call in a transaction of its own making. */
  within(tx: Tx): Call<Code> {
    return new Call(this.environment, this.facts, this.now, tx);
  }

  /** Refuses: the transaction is rolled back and the error goes out with the contract's status. */
  readonly fail: (code: Code | CommonError, message?: string, members?: Readonly<Record<string, unknown>>) => never =
    fail;

  /**
   * Refuses because what the caller named is not there, but only after the caller is found to be allowed to act on what
   * that name would stand for: who may not look must not learn what exists.
   */
  readonly missing: (resource: Resource, code: Code | CommonError, message: string) => never = missing;
}

// Outside the class, as neither needs the call: there is a Call for each request.
function fail(code: string, message?: string, members?: Readonly<Record<string, unknown>>): never {
  throw refusal(code, message, members);
}

function missing(resource: Resource, code: string, message: string): never {
  throw new MissingResource(resource, refusal(code, message));
}

class MissingResource extends Error {
  readonly resource: Resource;
  readonly reason: ServiceException;

  constructor(resource: Resource, reason: ServiceException) {
    super(reason.message);
    this.resource = resource;
    this.reason = reason;
  }
}

// biome-ignore lint/suspicious/noConfusingVoidType: an operation without output simply returns
type Output<T> = T | ListingStoredPairs<T> | (Record<string, never> extends T ? undefined | void : never);

export interface OperationBody<Row extends ApiRow, R extends Resource> {
  /**
   * read: one snapshot, nothing written (default for Get, List, Describe). write: one durable transaction (default for
   * the rest). own: resource and authorize read one snapshot, then `handle` opens the transactions it needs itself.
   */
  readonly transaction?: "read" | "write" | "own";
  /** Loads what the operation acts on. What is not there is refused with `call.missing`, or left to `handle`. */
  resource(input: Row["input"], call: Call<Row["error"]>): R | Promise<R>;
  handle(
    input: Row["input"],
    call: Call<Row["error"]>,
    resource: R,
  ): Output<Row["output"]> | Promise<Output<Row["output"]>>;
}

export interface Operation<Row extends ApiRow, R extends Resource, Name extends string> extends OperationBody<Row, R> {
  readonly name: Name;
  /** As policies name it: `iam:TagUser`. */
  readonly action: string;
  readonly transaction: "read" | "write" | "own";
}

/** An operation as the pipeline sees it, which has decoded and validated the input by the contract. */
export interface AnyOperation<Name extends string = string> {
  readonly name: Name;
  readonly action: string;
  readonly transaction: "read" | "write" | "own";
  resource(input: object, call: Call<string>): Resource | Promise<Resource>;
  handle(input: object, call: Call<string>, resource: Resource): Answer | Promise<Answer>;
}

// biome-ignore lint/suspicious/noConfusingVoidType: an operation without output simply returns
type Answer = object | undefined | void;

/**
 * A service's table of contents: any of its operations, each under its own name, in a file of its own that is loaded when
 * it is first asked for. Loading all of them at once would be most of a start.
 */
export type OperationTable<Api> = {
  readonly [Name in keyof Api & string]?: () => Promise<{ readonly [Only in Name]: AnyOperation<Name> }>;
};

/** A typed factory for one service: `iam("TagUser", { resource, handle })`. */
export function operationsOf<Api extends { [Name in keyof Api]: ApiRow }>(actionPrefix: string) {
  return <Name extends keyof Api & string, R extends Resource>(
    name: Name,
    body: OperationBody<Api[Name], R>,
  ): Operation<Api[Name], R, Name> => ({
    name,
    action: `${actionPrefix}:${name}`,
    transaction: body.transaction ?? (/^(Get|List|Describe)/.test(name) ? "read" : "write"),
    resource: body.resource,
    handle: body.handle,
  });
}

/** Lines 7 to 12 of a request's path: transaction, resource, authorize, handle, commit. */
export function perform(
  operation: AnyOperation,
  input: object,
  facts: RequestFacts,
  environment: Environment,
): Promise<object> {
  const now = environment.clock.now();
  const waits = environment.rateLimits?.admit(operation.action, facts, now);
  if (waits !== undefined) return waits.then(() => performAdmitted(operation, input, facts, environment, now));
  return performAdmitted(operation, input, facts, environment, now);
}

function performAdmitted(
  operation: AnyOperation,
  input: object,
  facts: RequestFacts,
  environment: Environment,
  now: number,
): Promise<object> {
  const { store } = environment;
  environment.serviceUses.note(facts.caller, operation.action, now, facts.region);
  const run = async (tx: Tx) => {
    const call = new Call<string>(environment, facts, now, tx);
    const resource = await admit(operation, input, call);
    const output = operation.handle(input, call, resource);
    return (output instanceof Promise ? await output : output) ?? {};
  };
  if (operation.transaction === "read") return store.read(run);
  return operation.transaction === "write" ? store.write(run) : performOwn(operation, input, facts, environment, now);
}

async function performOwn(
  operation: AnyOperation,
  input: object,
  facts: RequestFacts,
  environment: Environment,
  now: number,
): Promise<object> {
  const [call, resource] = await environment.store.read(async (tx) => {
    const call = new Call<string>(environment, facts, now, tx);
    return [call, await admit(operation, input, call)] as const;
  });
  return (await operation.handle(input, call, resource)) ?? {};
}

async function admit(operation: AnyOperation, input: object, call: Call<string>): Promise<Resource> {
  try {
    // A wait for what is there already would still be a turn of the microtask queue, and most of this path is.
    const found = operation.resource(input, call);
    const resource = found instanceof Promise ? await found : found;
    const allowed = mayAct(operation, input, call, resource);
    if (allowed !== undefined) await allowed;
    return resource;
  } catch (error) {
    if (!(error instanceof MissingResource)) throw error;
    await mayAct(operation, input, call, error.resource);
    throw error.reason;
  }
}

function mayAct(
  operation: AnyOperation,
  input: object,
  call: Call<string>,
  resource: Resource,
): Promise<void> | undefined {
  if (resource.public === true) return undefined;
  return authorize(call.environment, call.tx, call.facts, {
    action: operation.action,
    resource,
    now: call.now,
    requestTags: requestTagsOf(input),
    tagKeys: "TagKeys" in input && Array.isArray(input.TagKeys) ? input.TagKeys : undefined,
  });
}

/** IAM's operations take tags as a list of pairs, the user pools' as a map. */
function requestTagsOf(input: object): readonly Tag[] | undefined {
  const given = "Tags" in input ? input.Tags : "UserPoolTags" in input ? input.UserPoolTags : undefined;
  if (given === undefined || given === null) return undefined;
  if (Array.isArray(given)) return given;
  return Object.entries(given).map(([Key, Value]) => ({ Key, Value }));
}
