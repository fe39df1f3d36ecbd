/**
 * What operation tests stand on: the real SDK clients, in process, over a store in memory (or on PostgreSQL, where
 * COUNTERSIGN_TEST_DATABASE names one), with a clock that stands still and seeded randomness, so that answers are exact.
 * Nothing of ours is replaced: a request goes through the same routes as one from a socket.
 */
import { after } from "node:test";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import { credentialCache } from "../src/access/authenticate.ts";
import type { AuthMode } from "../src/access/authorize.ts";
import { LastUsed } from "../src/access/last-used.ts";
import { policyCache } from "../src/access/policies-of.ts";
import { readServiceControl } from "../src/access/service-control.ts";
import { ServiceUses } from "../src/access/service-uses.ts";
import { createSeal } from "../src/crypto/seal.ts";
import type { HttpRequest, HttpResponse } from "../src/endpoints/http.ts";
import { routes } from "../src/endpoints/routes.ts";
import { openAuditLog } from "../src/runtime/audit-log.ts";
import { fixedClock, type MovableClock } from "../src/runtime/clock.ts";
import { createKeyPairs, type KeyPairs } from "../src/runtime/key-pairs.ts";
import { silentLog } from "../src/runtime/log.ts";
import { type Random, seededRandom } from "../src/runtime/random.ts";
import { createTasks } from "../src/runtime/tasks.ts";
import { createWorkers } from "../src/runtime/workers.ts";
import { AppClients } from "../src/services/cognito/app-clients/app-client.ts";
import { Outbox, type Transports } from "../src/services/cognito/messages/outbox.ts";
import { readCompromisedPasswords } from "../src/services/cognito/risk/compromised-passwords.ts";
import { AccessTokens } from "../src/services/cognito/sessions/access-token.ts";
import { TokenKeys } from "../src/services/cognito/sessions/token-keys.ts";
import { SigningCertificates } from "../src/services/cognito/signing-certificates/signing-certificates.ts";
import { readTargets } from "../src/services/cognito/triggers/targets.ts";
import { type TriggerLimits, Triggers } from "../src/services/cognito/triggers/triggers.ts";
import { firstStart, type RootCredentials } from "../src/services/first-start.ts";
import { IssuerKeys } from "../src/services/issuer-keys.ts";
import type { Environment } from "../src/services/operation.ts";
import { defaultQuotas, type Quotas } from "../src/services/quotas.ts";
import { RateLimits } from "../src/services/rate-limits.ts";
import { readRolesAnywhere } from "../src/services/roles-anywhere/configuration.ts";
import { openStore } from "../src/store/store.ts";

/** The time of every test, unless it moves its clock. */
export const startOfTest = Date.UTC(2026, 5, 15, 12, 0, 0);
export const testAccount = "123456789012";

export interface Credentials extends RootCredentials {
  readonly sessionToken?: string | undefined;
}

export interface Clients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly cognito: CognitoIdentityProviderClient;
}

export interface Harness extends Clients {
  readonly accountId: string;
  readonly clock: MovableClock;
  readonly environment: Environment;
  readonly root: RootCredentials;
  /** Clients that sign with other credentials, or in another region. */
  as(credentials: Credentials, region?: string): Clients;
  /** A request as it stands, for what no client would send. */
  send(request: Partial<HttpRequest>): Promise<HttpResponse>;
  /** How often the store has committed, and what it has written: see Store.statistics. */
  stop(): Promise<void>;
}

export interface HarnessOptions {
  readonly auth?: AuthMode;
  /** A file, as of `--audit-log`. */
  readonly auditLog?: string;
  readonly quotas?: Partial<Quotas>;
  /** One to a line, as in the file of `--compromised-passwords`. */
  readonly compromisedPasswords?: string;
  /** As `--rate-limits on`. */
  readonly rateLimits?: boolean;
  readonly keyPairs?: KeyPairs;
  readonly seed?: string;
  /** Trust anchors and profiles, as in the file of `--roles-anywhere`. */
  readonly rolesAnywhere?: object;
  /** As `--public-url`; without, tokens name the host of the request. */
  readonly issuerUrl?: string;
  readonly samlSha1?: boolean;
  /** Service control policies. */
  readonly scp?: readonly object[];
  readonly lambda?: LambdaOptions;
  /** What sends messages; without, they are kept. */
  readonly transports?: Transports;
}

export interface LambdaOptions {
  /** A server that speaks Invoke, for all functions that are not named. */
  readonly endpoint?: string;
  /** Names or ARNs of functions, and their URLs or modules. */
  readonly functions?: Readonly<Record<string, string>>;
  readonly limits?: TriggerLimits;
  readonly credentials?: Credentials;
}

/** Starts a house of its own and stops it after the tests of the calling file or suite. */
export async function harness(options: HarnessOptions = {}): Promise<Harness> {
  const started = await startHarness(options);
  after(() => started.stop());
  return started;
}

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const clock = fixedClock(startOfTest);
  const random = seededRandom(options.seed ?? "countersign");
  const url = process.env.COUNTERSIGN_TEST_DATABASE;
  const schema = `t_${process.pid}_${schemas++}`;
  const store = await openStore(url === undefined ? { kind: "memory" } : { kind: "postgres", url, schema });
  const keyPairs = options.keyPairs ?? createKeyPairs({ ready: 0, burst: 0 });
  const seal = createSeal(seededRandom("master key").bytes(32));
  const tasks = createTasks(silentLog);
  const workers = createWorkers();
  const appClients = new AppClients({ store, seal });
  const publicUrl = () => options.issuerUrl ?? "http://countersign.test";
  const tokenKeys = new TokenKeys({ store, random, seal, keyPairs });
  const environment: Environment = {
    store,
    clock,
    // Signing times stay where clients sign, however far a test moves the clock of what is stored.
    signatureClock: fixedClock(startOfTest),
    random,
    seal,
    keyPairs,
    log: silentLog,
    auditLog:
      options.auditLog === undefined
        ? undefined
        : openAuditLog(options.auditLog, (error) => {
            throw error;
          }),
    authMode: options.auth ?? "full",
    policies: policyCache(store),
    rolesAnywhere:
      options.rolesAnywhere === undefined ? undefined : readRolesAnywhere(JSON.stringify(options.rolesAnywhere)),
    serviceControl: options.scp === undefined ? undefined : readServiceControl(JSON.stringify(options.scp)),
    credentials: credentialCache(store),
    lastUsed: new LastUsed(store, silentLog),
    serviceUses: new ServiceUses(store, silentLog),
    quotas: { ...defaultQuotas, ...options.quotas },
    rateLimits: options.rateLimits === true ? new RateLimits({ store }) : undefined,
    tasks,
    workers,
    signingCertificates: new SigningCertificates({ store, clock, random, seal, keyPairs, tasks, log: silentLog }),
    issuerKeys: new IssuerKeys({
      allowLoopback: true,
      own: { publicUrl, keySet: (poolId, now) => tokenKeys.keySet(poolId, now) },
    }),
    appClients,
    compromisedPasswords:
      options.compromisedPasswords === undefined ? undefined : readCompromisedPasswords(options.compromisedPasswords),
    tokenKeys,
    accessTokens: new AccessTokens({ store, appClients, tokenKeys }),
    outbox: new Outbox({ store, clock, random, seal, tasks, log: silentLog }, options.transports),
    triggers: triggers(random, options.lambda),
    publicUrl,
    issuerUrl: options.issuerUrl,
    samlSha1: options.samlSha1 ?? false,
  };
  const { credentials: root } = await firstStart(environment, { accountId: testAccount, credentials: undefined });
  const reset = async () => {
    await store.reset();
    await firstStart(environment, { accountId: testAccount, credentials: root });
  };
  const endpoint = routes(environment, { version: "test", movableClock: clock, reset });
  const as = (credentials: Credentials, region = "us-east-1"): Clients => {
    const config = {
      region,
      endpoint: "http://countersign.test",
      credentials: {
        accessKeyId: credentials.accessKeyId,
        secretAccessKey: credentials.secretAccessKey,
        ...(credentials.sessionToken === undefined ? {} : { sessionToken: credentials.sessionToken }),
      },
      // The SDK signs with the machine's clock plus this.
      systemClockOffset: startOfTest - Date.now(),
      maxAttempts: 1,
      requestHandler: { handle: (request: WireRequest) => handle(request, endpoint) },
    };
    return {
      iam: new IAMClient(config),
      sts: new STSClient(config),
      cognito: new CognitoIdentityProviderClient(config),
    };
  };
  return {
    ...as(root),
    accountId: testAccount,
    clock,
    environment,
    root,
    as,
    send: async (request) =>
      endpoint({
        method: "GET",
        path: "/",
        query: "",
        headers: new Map(),
        body: new Uint8Array(0),
        remoteAddress: "127.0.0.1",
        secure: false,
        ...request,
      }),
    async stop() {
      keyPairs.close();
      environment.outbox.stop();
      await tasks.settled();
      await workers.close();
      await environment.lastUsed.flush();
      await environment.serviceUses.flush();
      await environment.auditLog?.close();
      if (url !== undefined) await store.reset();
      await store.close();
    },
  };
}

function triggers(random: Random, { endpoint, functions = {}, limits, credentials }: LambdaOptions = {}): Triggers {
  const targets = readTargets({ functions: JSON.stringify(functions), endpoint, base: import.meta.url });
  const { accessKeyId, secretAccessKey, sessionToken } = credentials ?? {};
  const signs = accessKeyId !== undefined && secretAccessKey !== undefined;
  return new Triggers(
    {
      clock: fixedClock(startOfTest),
      random,
      log: silentLog,
      targets,
      credentials: signs ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } : undefined,
    },
    limits,
  );
}

let schemas = 0;

/** What the SDK hands to a request handler, as far as it is read here. */
interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function handle(request: WireRequest, endpoint: ReturnType<typeof routes>) {
  const body =
    typeof request.body === "string"
      ? Buffer.from(request.body)
      : request.body instanceof Uint8Array
        ? request.body
        : new Uint8Array(0);
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) query.append(name, String(value));
  const answer = await endpoint({
    method: request.method,
    path: request.path,
    query: query.toString(),
    headers,
    body,
    remoteAddress: "127.0.0.1",
    secure: false,
  });
  const answered: Record<string, string> = {};
  for (let at = 0; at < answer.headers.length; at += 2) {
    answered[(answer.headers[at] ?? "").toLowerCase()] = answer.headers[at + 1] ?? "";
  }
  const bytes = Buffer.from(answer.body);
  return {
    response: {
      statusCode: answer.status,
      headers: answered,
      // The shape of a node response body: the SDK's collector reads any async iterable of chunks.
      body: new ReadableStream<Uint8Array>({
        start(controller) {
          if (bytes.byteLength > 0) controller.enqueue(new Uint8Array(bytes));
          controller.close();
        },
      }),
    },
  };
}

/** Asserts outcomes of refusals: AWS's code, message and status together. */
export async function refused(call: Promise<unknown>): Promise<{ code: string; message: string; status: number }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const metadata = "$metadata" in error ? (error.$metadata as { httpStatusCode?: number }) : {}; // the SDK's own member
    const code = "Code" in error && typeof error.Code === "string" ? error.Code : error.name;
    return { code, message: error.message, status: metadata.httpStatusCode ?? 0 };
  }
  throw new Error("expected a refusal");
}

/** A user with an access key, and clients that sign as it. */
export async function userWithKey(
  h: Harness,
  userName: string,
  policy?: object,
): Promise<Clients & { credentials: Credentials; userName: string }> {
  const { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } = await import("@aws-sdk/client-iam");
  await h.iam.send(new CreateUserCommand({ UserName: userName }));
  const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({ UserName: userName }));
  if (policy !== undefined) {
    await h.iam.send(
      new PutUserPolicyCommand({ UserName: userName, PolicyName: "inline", PolicyDocument: JSON.stringify(policy) }),
    );
  }
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  return { ...h.as(credentials), credentials, userName };
}

export function allow(action: string | string[], resource: string | string[] = "*", condition?: object): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: resource, ...(condition && { Condition: condition }) }],
  };
}
