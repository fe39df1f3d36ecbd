/**
 * Wires the house once: configuration, runtime, store, services, endpoints. It may import anything and holds no
 * behaviour; what a start does to the store and to the data directory is in services/first-start.ts and data-directory.ts.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { credentialCache } from "./access/authenticate.ts";
import { LastUsed } from "./access/last-used.ts";
import { policyCache } from "./access/policies-of.ts";
import { readServiceControl, type ServiceControl, ServiceControlError } from "./access/service-control.ts";
import { ServiceUses } from "./access/service-uses.ts";
import { type Config, ConfigError } from "./config.ts";
import { createSeal } from "./crypto/seal.ts";
import {
  type DataDirectory,
  decodeMasterKey,
  openDataDirectory,
  readMasterKey,
  reason,
  writeMasterKey,
} from "./data-directory.ts";
import { listen } from "./endpoints/listen.ts";
import { routes } from "./endpoints/routes.ts";
import { type AuditLog, openAuditLog } from "./runtime/audit-log.ts";
import { type Clock, type MovableClock, shiftedClock, systemClock } from "./runtime/clock.ts";
import { createKeyPairs, type KeyPairs } from "./runtime/key-pairs.ts";
import type { Log } from "./runtime/log.ts";
import { type Random, systemRandom } from "./runtime/random.ts";
import { smtpTransport } from "./runtime/smtp.ts";
import { createTasks } from "./runtime/tasks.ts";
import { webhookTransport } from "./runtime/webhook.ts";
import { createWorkers } from "./runtime/workers.ts";
import { loadUsedServices } from "./services/catalog.ts";
import { AppClients } from "./services/cognito/app-clients/app-client.ts";
import { expireImports, runImports } from "./services/cognito/import-jobs/run-import.ts";
import { uploadLimit } from "./services/cognito/import-jobs/upload.ts";
import { Outbox, type Transports } from "./services/cognito/messages/outbox.ts";
import type { CompromisedPasswords } from "./services/cognito/risk/compromised-passwords.ts";
import { AccessTokens } from "./services/cognito/sessions/access-token.ts";
import { deleteEndedSessions } from "./services/cognito/sessions/ended-sessions.ts";
import { rotateTokenKeys, TokenKeys } from "./services/cognito/sessions/token-keys.ts";
import {
  renewSigningCertificates,
  SigningCertificates,
} from "./services/cognito/signing-certificates/signing-certificates.ts";
import { readTargets, TargetError, type Targets } from "./services/cognito/triggers/targets.ts";
import { Triggers } from "./services/cognito/triggers/triggers.ts";
import { firstStart, isUnsealed, type RootCredentials } from "./services/first-start.ts";
import { type PolicyCatalogs, storeAwsPolicies } from "./services/iam/managed-policies/aws-policies.ts";
import { IssuerKeys } from "./services/issuer-keys.ts";
import type { Environment } from "./services/operation.ts";
import { RateLimits } from "./services/rate-limits.ts";
import type { RolesAnywhere } from "./services/roles-anywhere/configuration.ts";
import { openStore, type Store, type StoreOptions } from "./store/store.ts";
import { version } from "./version.ts";

export interface Running {
  /** `http://host:port`. */
  readonly endpoint: string;
  readonly accountId: string;
  readonly credentials: RootCredentials;
  /** Whether this start made the account. */
  readonly isFirstStart: boolean;
  readonly environment: Environment;
  stop(): Promise<void>;
}

/** How often user pools that nobody asks about are looked through for certificates and keys that are due. */
const sweepEveryMs = 24 * 3_600_000;
/** The first look comes when the start is long over. */
const firstSweepMs = 60_000;
/** How often it is looked whether a service has been asked for whose other operations are not loaded yet. */
const loadEveryMs = 1_000;

/** How long requests under way may take once the process is asked to stop, in milliseconds. */
const graceMs = 5_000;

export async function start(
  config: Config,
  parts: { log: Log; clock?: MovableClock; random?: Random; keyPairs?: KeyPairs },
): Promise<Running> {
  const { log } = parts;
  const random = parts.random ?? systemRandom();
  const movableClock = parts.clock ?? (config.testClock ? shiftedClock() : undefined);
  const clock: Clock = movableClock ?? systemClock;
  const directory = config.memory ? undefined : openDataDirectory(config.dataDirectory);
  const catalogs = policyCatalogs(config);
  const organization = serviceControl(config);
  const store = await openStore(storeOptions(config, directory));
  const keyPairs = parts.keyPairs ?? createKeyPairs({ onFailure: (error) => log.warn("no key pair made", { error }) });
  try {
    const seal = createSeal(await masterKey(config, directory, store, random));
    const tasks = createTasks(log);
    const workers = createWorkers();
    let endpoint = endpointOf(config.host, config.port);
    const appClients = new AppClients({ store, seal });
    const publicUrl = () => config.publicUrl ?? endpoint;
    const tokenKeys = new TokenKeys({ store, random, seal, keyPairs });
    const environment: Environment = {
      store,
      clock,
      signatureClock: systemClock,
      random,
      seal,
      keyPairs,
      log,
      auditLog: auditLog(config, log),
      authMode: config.auth,
      policies: policyCache(store),
      serviceControl: organization,
      rolesAnywhere: await rolesAnywhere(config),
      credentials: credentialCache(store),
      lastUsed: new LastUsed(store, log),
      serviceUses: new ServiceUses(store, log),
      quotas: config.quotas,
      rateLimits: config.rateLimits ? new RateLimits({ store }) : undefined,
      tasks,
      workers,
      signingCertificates: new SigningCertificates({ store, clock, random, seal, keyPairs, tasks, log }),
      issuerKeys: new IssuerKeys({
        allowLoopback: config.loopbackIssuers,
        privateNetworks: config.privateNetworks,
        own: { publicUrl, keySet: (poolId, now) => tokenKeys.keySet(poolId, now) },
      }),
      appClients,
      compromisedPasswords: await compromisedPasswords(config),
      tokenKeys,
      accessTokens: new AccessTokens({ store, appClients, tokenKeys }),
      outbox: new Outbox({ store, clock, random, seal, tasks, log }, transports(config)),
      triggers: new Triggers({
        clock: systemClock,
        random,
        log,
        targets: lambdaTargets(config),
        credentials: config.lambdaCredentials,
      }),
      publicUrl,
      issuerUrl: config.publicUrl,
      samlSha1: config.samlSha1,
    };
    const { accountId, credentials, isFirst } = await firstStart(environment, config);
    await storeAwsPolicies(store, catalogs);
    await environment.outbox.start();
    runImports(environment);
    const listener = await listen({
      host: config.host,
      port: config.port,
      log,
      bodyLimitOf: (_method, url) => uploadLimit(environment, url),
      endpoint: routes(environment, {
        version,
        movableClock,
        reset:
          config.memory || config.allowReset
            ? async () => {
                await store.reset();
                // The same root key again: clients go on with what they hold.
                await firstStart(environment, { accountId, credentials });
                await storeAwsPolicies(store, catalogs);
              }
            : undefined,
      }),
    });
    // Port 0 asks for whichever is free.
    endpoint = endpointOf(config.host, listener.port);
    const renew = () =>
      tasks.run("renewal of signing certificates", async () => {
        const renewed = await renewSigningCertificates(environment);
        if (renewed > 0) log.info("signing certificates were due", { renewed });
      });
    const sweep = () => {
      renew();
      tasks.run("upkeep of user imports", () => expireImports(environment));
      tasks.run("upkeep of tokens", async () => {
        const rotated = await rotateTokenKeys(environment);
        if (rotated > 0) log.info("token keys were due", { rotated });
        await deleteEndedSessions(environment);
      });
    };
    const firstSweep = setTimeout(sweep, firstSweepMs).unref();
    const sweeps = setInterval(sweep, sweepEveryMs).unref();
    const loading = setInterval(() => tasks.run("loading operations", loadUsedServices), loadEveryMs).unref();
    return {
      endpoint,
      accountId,
      credentials,
      isFirstStart: isFirst,
      environment,
      async stop() {
        clearTimeout(firstSweep);
        clearInterval(sweeps);
        clearInterval(loading);
        await listener.stop(graceMs);
        // First, since a task that waits for a pair of keys would wait for long.
        keyPairs.close();
        environment.outbox.stop();
        await tasks.stop();
        await workers.close();
        await environment.lastUsed.flush();
        await environment.serviceUses.flush();
        await environment.auditLog?.close();
        await store.close();
      },
    };
  } catch (error) {
    keyPairs.close();
    await store.close();
    throw error;
  }
}

function endpointOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function storeOptions(config: Config, directory: DataDirectory | undefined): StoreOptions {
  if (config.database !== undefined) return { kind: "postgres", url: config.database };
  return directory === undefined ? { kind: "memory" } : { kind: "file", path: directory.database };
}

function transports({ smtp, smtpFrom, smsWebhook }: Config): Transports {
  return {
    EMAIL: smtp === undefined ? undefined : smtpTransport(smtp, smtpFrom),
    SMS: smsWebhook === undefined ? undefined : webhookTransport(smsWebhook),
  };
}

function auditLog({ auditLog: path }: Config, log: Log): AuditLog | undefined {
  if (path === undefined) return undefined;
  try {
    return openAuditLog(path, (error) => log.error("the audit log cannot be written", { error }));
  } catch (error) {
    throw new ConfigError(`--audit-log ${path} cannot be written: ${reason(error)}`);
  }
}

function serviceControl({ scp }: Config): ServiceControl {
  if (scp === undefined) return undefined;
  try {
    return readServiceControl(readFileSync(scp, "utf8"));
  } catch (error) {
    if (error instanceof ServiceControlError) throw new ConfigError(`--scp ${scp}: ${error.message}`);
    throw new ConfigError(`--scp ${scp} cannot be read: ${reason(error)}`);
  }
}

async function rolesAnywhere({ rolesAnywhere: path }: Config): Promise<RolesAnywhere | undefined> {
  if (path === undefined) return undefined;
  const { RolesAnywhereError, readRolesAnywhere } = await import("./services/roles-anywhere/configuration.ts");
  try {
    return readRolesAnywhere(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof RolesAnywhereError) throw new ConfigError(`--roles-anywhere ${path}: ${error.message}`);
    throw new ConfigError(`--roles-anywhere ${path} cannot be read: ${reason(error)}`);
  }
}

async function compromisedPasswords({ compromisedPasswords: path }: Config): Promise<CompromisedPasswords | undefined> {
  if (path === undefined) return undefined;
  const { PasswordListError, readCompromisedPasswords } = await import(
    "./services/cognito/risk/compromised-passwords.ts"
  );
  try {
    return readCompromisedPasswords(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof PasswordListError) throw new ConfigError(`--compromised-passwords ${path}: ${error.message}`);
    throw new ConfigError(`--compromised-passwords ${path} cannot be read: ${reason(error)}`);
  }
}

/** Modules are relative to the file that names them, or to where the process runs. */
function lambdaTargets({ lambda, lambdaEndpoint: endpoint }: Config): Targets {
  const isFile = lambda !== "" && !lambda.includes("=");
  const directory = isFile ? dirname(resolve(lambda)) : process.cwd();
  try {
    const functions = isFile ? readFileSync(lambda, "utf8") : lambda;
    const targets = readTargets({ functions, endpoint, base: pathToFileURL(`${directory}/`).href });
    const absent = targets.modules.map((url) => fileURLToPath(url)).find((path) => !existsSync(path));
    if (absent !== undefined) throw new TargetError(`there is no module ${absent}`);
    return targets;
  } catch (error) {
    if (error instanceof TargetError) throw new ConfigError(`--lambda: ${error.message}`);
    throw new ConfigError(`--lambda ${lambda} cannot be read: ${reason(error)}`);
  }
}

function policyCatalogs({ managedPolicies: path }: Config): PolicyCatalogs {
  const shipped = new URL("services/iam/managed-policies/aws-policies.json", import.meta.url);
  return {
    shipped: () => readFileSync(shipped, "utf8"),
    added: path === undefined ? undefined : { path: `--managed-policies ${path}`, text: readPolicies(path) },
  };
}

function readPolicies(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError(`--managed-policies ${path} cannot be read: ${reason(error)}`);
  }
}

/** From the environment, or from the data directory, where the first start makes it. In memory, one for this process. */
async function masterKey(
  config: Config,
  directory: DataDirectory | undefined,
  store: Store,
  random: Random,
): Promise<Uint8Array> {
  if (config.masterKey !== undefined) return decodeMasterKey(config.masterKey, "COUNTERSIGN_MASTER_KEY");
  if (directory === undefined) return random.bytes(32);
  const kept = readMasterKey(directory);
  if (kept !== undefined) return kept;
  if (!(await isUnsealed(store))) {
    throw new ConfigError(`the database was sealed with a master key that is not at ${directory.masterKey}`);
  }
  const made = random.bytes(32);
  writeMasterKey(directory, made);
  return made;
}
