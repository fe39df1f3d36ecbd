/**
 * Wires the house once: configuration, runtime, store, services, endpoints. It may import anything and holds no
 * behaviour; what a start does to the store and to the data directory is in services/first-start.ts and data-directory.ts.
 */
import { readFileSync } from "node:fs";
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
import { type Clock, type MovableClock, shiftedClock, systemClock } from "./runtime/clock.ts";
import { createKeyPairs, type KeyPairs } from "./runtime/key-pairs.ts";
import type { Log } from "./runtime/log.ts";
import { type Random, systemRandom } from "./runtime/random.ts";
import { createTasks } from "./runtime/tasks.ts";
import { loadAllOperations } from "./services/catalog.ts";
import {
  renewSigningCertificates,
  SigningCertificates,
} from "./services/cognito/signing-certificates/signing-certificates.ts";
import { firstStart, isUnsealed, type RootCredentials } from "./services/first-start.ts";
import { type PolicyCatalogs, storeAwsPolicies } from "./services/iam/managed-policies/aws-policies.ts";
import { IssuerKeys } from "./services/issuer-keys.ts";
import type { Environment } from "./services/operation.ts";
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

/** How often user pools that nobody asks about are looked through for certificates that are due. */
const sweepEveryMs = 24 * 3_600_000;
/** The first look comes when the start is long over. */
const firstSweepMs = 60_000;
/** When operations that nobody has asked for yet are loaded. */
const loadAfterMs = 1_000;

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
    let endpoint = endpointOf(config.host, config.port);
    const environment: Environment = {
      store,
      clock,
      signatureClock: systemClock,
      random,
      seal,
      keyPairs,
      log,
      authMode: config.auth,
      policies: policyCache(store),
      serviceControl: organization,
      rolesAnywhere: await rolesAnywhere(config),
      credentials: credentialCache(store),
      lastUsed: new LastUsed(store, log),
      serviceUses: new ServiceUses(store, log),
      quotas: config.quotas,
      tasks,
      signingCertificates: new SigningCertificates({ store, clock, random, seal, keyPairs, tasks, log }),
      issuerKeys: new IssuerKeys({ allowLoopback: config.loopbackIssuers }),
      publicUrl: () => config.publicUrl ?? endpoint,
    };
    const { accountId, credentials, isFirst } = await firstStart(environment, config);
    await storeAwsPolicies(store, catalogs);
    const listener = await listen({
      host: config.host,
      port: config.port,
      log,
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
    const firstSweep = setTimeout(renew, firstSweepMs).unref();
    const sweeps = setInterval(renew, sweepEveryMs).unref();
    const loading = setTimeout(() => tasks.run("loading operations", loadAllOperations), loadAfterMs).unref();
    return {
      endpoint,
      accountId,
      credentials,
      isFirstStart: isFirst,
      environment,
      async stop() {
        clearTimeout(firstSweep);
        clearInterval(sweeps);
        clearTimeout(loading);
        await listener.stop(graceMs);
        // First, since a task that waits for a pair of keys would wait for long.
        keyPairs.close();
        await tasks.settled();
        await environment.lastUsed.flush();
        await environment.serviceUses.flush();
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
