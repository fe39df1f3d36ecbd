import { VersionedCache } from "../../../access/versioned-cache.ts";
import { decodePrivateKey, encodePrivateKey } from "../../../crypto/private-key.ts";
import { issueSelfSigned } from "../../../crypto/x509/issue.ts";
import type { KeyPair } from "../../../runtime/key-pairs.ts";
import type { Tx } from "../../../store/store.ts";
import { type UserPoolCertificateRow, type UserPoolKeyRow, userPoolKeys } from "../../../store/user-pool-keys.ts";
import { userPools } from "../../../store/user-pools.ts";
import type { Environment, Resource } from "../../operation.ts";
import { userPoolArn, userPoolTags } from "../user-pools/user-pool.ts";

const purpose = "saml-signing";
/** 31 556 952 seconds, a mean Gregorian year: GetSigningCertificate's new certificate "annually" (API reference). */
const year = 31_556_952_000;
/** Ten of them, as decoded from AWS's own certificates of 2024 and 2025. */
const lifetime = 10 * year;
const cachedPools = 10_000;
const poolsPerPage = 200;
const cachedKeys = 1_000;
/** Twelve of a pool are valid at most: one each year, for ten years. */
const mostCertificates = 1_000;

/** A user pool with its newest certificate: all that GetSigningCertificate needs to know of it. */
export interface CertifiedPool extends Resource {
  readonly accountId: string;
  readonly region: string;
  /** Bare base64 of the DER. Undefined while the pool has no key. */
  readonly certificate: string | undefined;
  /** When the next certificate is due, in milliseconds since the epoch. */
  readonly renewAt: number;
}

/** A pool's key, sealed, and its first certificate, to be stored with it. */
export interface FirstCertificate {
  readonly key: UserPoolKeyRow;
  readonly certificate: Issued;
}

type Issued = Omit<UserPoolCertificateRow, "position">;
type PrivateKey = ReturnType<typeof decodePrivateKey>["privateKey"];
type Means = Pick<Environment, "store" | "clock" | "random" | "seal" | "keyPairs" | "tasks" | "log">;

/**
 * Every pool signs its SAML requests with one key of its own for good. Each year it gets a new certificate over that key,
 * from whichever request or sweep first finds it due; the earlier ones stay valid until they end, ten years after issue.
 * A pool that nobody asked about for several years gets one certificate, dated now: those of the years between would
 * have been handed to nobody.
 */
export class SigningCertificates {
  readonly #means: Means;
  readonly #byPool: VersionedCache<CertifiedPool>;
  readonly #underWay = new Map<string, Promise<string | undefined>>();
  readonly #keyless = new Set<string>();
  /** By pool, as a pool keeps its key for good. */
  readonly #keys = new Map<string, PrivateKey>();

  constructor(means: Means) {
    this.#means = means;
    this.#byPool = new VersionedCache(means.store.watch(["user_pools", "user_pool_certificates"]), cachedPools);
  }

  /** From memory, without a promise, where nothing was written since it was last asked for. */
  find(tx: Tx, poolId: string): CertifiedPool | undefined | Promise<CertifiedPool | undefined> {
    return this.#byPool.get(poolId) ?? this.#byPool.load(poolId, () => readPool(tx, poolId));
  }

  /** The newest certificate, issued now where it is due; undefined where the pool is gone. Never within a transaction. */
  async current(poolId: string, now: number): Promise<string | undefined> {
    const pool = await this.#means.store.read((tx) => this.find(tx, poolId));
    if (pool?.certificate !== undefined && now < pool.renewAt) return pool.certificate;
    return pool && this.renew(poolId, now);
  }

  /** The key that all certificates of the pool are over; undefined where the pool is gone. Never within a transaction. */
  async privateKey(poolId: string, now: number): Promise<PrivateKey | undefined> {
    // Whatever is signed is signed under a certificate of this year.
    if ((await this.current(poolId, now)) === undefined) return undefined;
    const known = this.#keys.get(poolId);
    if (known !== undefined) return known;
    const { store, seal } = this.#means;
    const key = await store.read((tx) => userPoolKeys.find(tx, poolId, purpose));
    if (key === undefined) return undefined;
    const der = seal.open(key.private_key_sealed, sealContext(poolId));
    const { privateKey } = decodePrivateKey(der);
    der.fill(0);
    if (this.#keys.size >= cachedKeys) this.#keys.clear();
    this.#keys.set(poolId, privateKey);
    return privateKey;
  }

  /** Every certificate in force, the newest first: bare base64 of the DER. Never within a transaction. */
  async listValid(poolId: string, now: number): Promise<readonly string[]> {
    await this.current(poolId, now);
    const issued = await this.#means.store.read((tx) =>
      userPoolKeys.listCertificates(tx, poolId, purpose, 0, mostCertificates),
    );
    return issued
      .filter(({ not_before, not_after }) => not_before <= now && now < not_after)
      .map(({ certificate }) => certificate)
      .reverse();
  }

  /** For a pool that is about to be stored. RSA signatures are made off the main thread, so never in a transaction. */
  async issueFirst(poolId: string, pair: KeyPair, now: number): Promise<FirstCertificate> {
    const { seal, random } = this.#means;
    const der = encodePrivateKey(pair.privateKey);
    const key = {
      pool_id: poolId,
      purpose,
      private_key_sealed: seal.seal(der, sealContext(poolId), random.bytes(12)),
      created_at: now,
    };
    der.fill(0);
    return { key, certificate: await this.#issue(poolId, pair, now) };
  }

  async insertFirst(tx: Tx, { key, certificate }: FirstCertificate): Promise<void> {
    await userPoolKeys.insert(tx, key);
    await userPoolKeys.insertCertificate(tx, certificate);
  }

  /** Lets a pool that was stored without a key have one soon. What is not done when the process ends is done when asked for. */
  makeAhead(poolId: string): void {
    const { clock, tasks, log } = this.#means;
    this.#keyless.add(poolId);
    tasks.run("making signing keys of user pools", async () => {
      for (const keyless of this.#keyless) {
        this.#keyless.delete(keyless);
        try {
          await this.renew(keyless, clock.now());
        } catch (error) {
          log.warn("no signing key made ahead", { userPoolId: keyless, error });
          this.#keyless.clear();
        }
      }
    });
  }

  /**
   * The newest certificate, once what is due has been issued: a key where there is none, a certificate where the newest
   * is a year old. Undefined where the pool is gone. However many ask, here or on other nodes, one is stored and all get
   * that one.
   */
  renew(poolId: string, now: number): Promise<string | undefined> {
    let work = this.#underWay.get(poolId);
    if (work === undefined) {
      work = this.#renew(poolId, now).finally(() => this.#underWay.delete(poolId));
      this.#underWay.set(poolId, work);
    }
    return work;
  }

  async #renew(poolId: string, now: number): Promise<string | undefined> {
    const { store, keyPairs, seal } = this.#means;
    const [pool, key, newest] = await store.read(async (tx) => [
      await userPools.find(tx, poolId),
      await userPoolKeys.find(tx, poolId, purpose),
      await userPoolKeys.findCertificate(tx, poolId, purpose),
    ]);
    if (pool === undefined) return undefined;
    if (newest !== undefined && now < newest.not_before + year) return newest.certificate;
    let first: FirstCertificate | undefined;
    let certificate: Issued;
    if (key === undefined) {
      first = await this.issueFirst(poolId, await keyPairs.takeOrMake(), now);
      certificate = first.certificate;
    } else {
      const der = seal.open(key.private_key_sealed, sealContext(poolId));
      const pair = decodePrivateKey(der);
      der.fill(0);
      certificate = await this.#issue(poolId, pair, now);
    }
    return store.write(async (tx) => {
      if ((await userPools.find(tx, poolId)) === undefined) return undefined;
      const current = await userPoolKeys.findCertificate(tx, poolId, purpose);
      // Another node was first: its certificate counts, and nobody will have seen this one.
      if (current?.position !== newest?.position) return current?.certificate;
      if (first === undefined) await userPoolKeys.insertCertificate(tx, certificate);
      else await this.insertFirst(tx, first);
      return certificate.certificate;
    });
  }

  #issue(poolId: string, pair: KeyPair, now: number): Promise<Issued> {
    return issueCertificate(this.#means.random, poolId, purpose, pair, now);
  }
}

/** Ten years from now on, over the key of this purpose. */
export async function issueCertificate(
  random: Environment["random"],
  poolId: string,
  purpose: string,
  pair: KeyPair,
  now: number,
): Promise<Issued> {
  // Certificates count whole seconds.
  const notBefore = Math.floor(now / 1000) * 1000;
  const notAfter = notBefore + lifetime;
  const der = await issueSelfSigned({
    commonName: poolId,
    privateKey: pair.privateKey,
    publicKey: pair.publicKey,
    serialNumber: random.bytes(8),
    notBefore,
    notAfter,
  });
  return {
    pool_id: poolId,
    purpose,
    certificate: Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString("base64"),
    not_before: notBefore,
    not_after: notAfter,
  };
}

/**
 * Issues what is due for every pool, whoever owns it, and makes the keys that are missing: once a day is often enough,
 * since requests do the same for the pools that they ask about. Returns how many pools were due.
 */
export async function renewSigningCertificates(
  environment: Pick<Environment, "store" | "clock" | "log" | "signingCertificates">,
): Promise<number> {
  const { store, clock, log, signingCertificates } = environment;
  let due = 0;
  let after = "";
  for (;;) {
    const pools = await store.read((tx) => userPoolKeys.listNewest(tx, purpose, after, poolsPerPage));
    for (const { pool_id, not_before } of pools) {
      const now = clock.now();
      if (not_before !== null && now < not_before + year) continue;
      due++;
      try {
        await signingCertificates.renew(pool_id, now);
      } catch (error) {
        // One pool that cannot be helped must not keep the others from their certificates.
        log.error("no signing certificate issued", { userPoolId: pool_id, error });
      }
    }
    const last = pools.at(-1);
    if (last === undefined || pools.length < poolsPerPage) return due;
    after = last.pool_id;
  }
}

async function readPool(tx: Tx, poolId: string): Promise<CertifiedPool | undefined> {
  const pool = await userPools.find(tx, poolId);
  if (pool === undefined) return undefined;
  const newest = await userPoolKeys.findCertificate(tx, poolId, purpose);
  return {
    arn: userPoolArn(pool),
    tags: userPoolTags(pool),
    accountId: pool.account_id,
    region: pool.region,
    certificate: newest?.certificate,
    renewAt: newest === undefined ? Number.NEGATIVE_INFINITY : newest.not_before + year,
  };
}

function sealContext(poolId: string): string {
  return `user_pool_keys:${poolId}`;
}
