/**
 * Wires the house once: configuration, runtime, store, services, endpoints. It may import anything and holds no
 * behaviour; what a start does to the store and to the data directory is in services/first-start.ts and data-directory.ts.
 */
import { credentialCache } from "./access/authenticate.ts";
import { LastUsed } from "./access/last-used.ts";
import { policyCache } from "./access/policies-of.ts";
import { type Config, ConfigError } from "./config.ts";
import { createSeal } from "./crypto/seal.ts";
import {
  type DataDirectory,
  decodeMasterKey,
  openDataDirectory,
  readMasterKey,
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
import type { Environment } from "./services/operation.ts";
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
  const store = await openStore(storeOptions(config, directory));
  const keyPairs = parts.keyPairs ?? createKeyPairs({ onFailure: (error) => log.warn("no key pair made", { error }) });
  try {
    const seal = createSeal(await masterKey(config, directory, store, random));
    const tasks = createTasks(log);
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
      credentials: credentialCache(store),
      lastUsed: new LastUsed(store, log),
      quotas: config.quotas,
      tasks,
      signingCertificates: new SigningCertificates({ store, clock, random, seal, keyPairs, tasks, log }),
    };
    const { accountId, credentials, isFirst } = await firstStart(environment, config);
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
              }
            : undefined,
      }),
    });
    const renew = () =>
      tasks.run("renewal of signing certificates", async () => {
        const renewed = await renewSigningCertificates(environment);
        if (renewed > 0) log.info("signing certificates were due", { renewed });
      });
    const firstSweep = setTimeout(renew, firstSweepMs).unref();
    const sweeps = setInterval(renew, sweepEveryMs).unref();
    const loading = setTimeout(() => tasks.run("loading operations", loadAllOperations), loadAfterMs).unref();
    return {
      endpoint: `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${listener.port}`,
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
        await store.close();
      },
    };
  } catch (error) {
    keyPairs.close();
    await store.close();
    throw error;
  }
}

function storeOptions(config: Config, directory: DataDirectory | undefined): StoreOptions {
  if (config.database !== undefined) return { kind: "postgres", url: config.database };
  return directory === undefined ? { kind: "memory" } : { kind: "file", path: directory.database };
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
