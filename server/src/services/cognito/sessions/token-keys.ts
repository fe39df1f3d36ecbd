import { VersionedCache } from "../../../access/versioned-cache.ts";
import { decodePrivateKey, encodePrivateKey } from "../../../crypto/private-key.ts";
import { exponent, modulusOf, publicKeyOf, tokenHeader } from "../../../crypto/rs256.ts";
import { type KeyPosition, type PoolTokenKeyRow, poolTokenKeys } from "../../../store/pool-token-keys.ts";
import type { Tx } from "../../../store/store.ts";
import { userPools } from "../../../store/user-pools.ts";
import type { Environment } from "../../operation.ts";

export type TokenUse = PoolTokenKeyRow["token_use"];

type KeyObject = ReturnType<typeof decodePrivateKey>["privateKey"];

export interface TokenSigner {
  readonly privateKey: KeyObject;
  /** The first part of every token that it signs. */
  readonly header: string;
}

interface Known {
  readonly publicKey: KeyObject;
  privateKey: KeyObject | undefined;
}

/** A pool's keys with what is published of them, good until `changesAt`. */
interface PoolKeys {
  readonly rows: readonly PoolTokenKeyRow[];
  readonly keySet: string;
  readonly signers: Readonly<Record<TokenUse, PoolTokenKeyRow>>;
  readonly madeAt: number;
  readonly changesAt: number;
}

const day = 86_400_000;
/** How long verifiers may keep a key set that they have read: what its `cache-control` says. */
export const keySetLifetime = day;
/** The longest that an ID or access token lasts (API reference, AccessTokenValidity). */
const longestToken = day;
/** Ours: AWS changes keys when it likes. */
const keyLifetime = 365 * day;
const cachedPools = 10_000;
const cachedKeys = 20_000;
const duePerPage = 200;

type Means = Pick<Environment, "store" | "random" | "seal" | "keyPairs">;

/**
 * Each pool signs ID tokens with one key and access tokens with another (developer guide, "Verifying JSON web tokens").
 * Both are made when a pool first needs them. Once a year each gets a successor, which is published for a day before it
 * signs, as verifiers keep key sets for so long; the one before stays published until all that it signed has ended.
 */
export class TokenKeys {
  readonly #means: Means;
  readonly #byPool: VersionedCache<PoolKeys>;
  /** By key id, as a key never changes. */
  readonly #known = new Map<string, Known>();
  readonly #underWay = new Map<string, Promise<readonly PoolTokenKeyRow[]>>();

  constructor(means: Means) {
    this.#means = means;
    // Two keys are written together, so what was found is whole; a successor supersedes, which counts as a change.
    this.#byPool = new VersionedCache(means.store.watch(["pool_token_keys"]), cachedPools);
  }

  /** Who signs now. Never within a transaction, as the keys may have to be made. */
  async signers(poolId: string, now: number): Promise<Readonly<Record<TokenUse, TokenSigner>>> {
    const { signers } = await this.#find(poolId, now);
    return { id: this.#signer(signers.id), access: this.#signer(signers.access) };
  }

  /**
   * The public key of this id, if it is the pool's and for this use. Without a promise where it is known already; within
   * a transaction, too.
   */
  verifier(
    tx: Tx,
    poolId: string,
    use: TokenUse,
    keyId: string,
  ): KeyObject | undefined | Promise<KeyObject | undefined> {
    const rowIn = (rows: readonly PoolTokenKeyRow[]) => {
      const row = rows.find((key) => key.key_id === keyId && key.token_use === use);
      return row && this.#key(row).publicKey;
    };
    const cached = this.#byPool.get(poolId);
    return cached === undefined ? poolTokenKeys.list(tx, poolId).then(rowIn) : rowIn(cached.rows);
  }

  /** The pool's JSON Web Key Set as text, from memory where nothing has changed; undefined where there is no such pool. */
  keySet(poolId: string, now: number): string | Promise<string | undefined> {
    const cached = this.#byPool.get(poolId);
    if (cached !== undefined && isGood(cached, now)) return cached.keySet;
    return this.#keySet(poolId, now);
  }

  async #keySet(poolId: string, now: number): Promise<string | undefined> {
    const pool = await this.#means.store.read((tx) => userPools.find(tx, poolId));
    return pool && (await this.#find(poolId, now)).keySet;
  }

  /** Gives the pool new keys: they sign from the next day on. */
  async rotate(poolId: string, now: number): Promise<void> {
    // Not twice where two ask at the same time.
    await this.#make(poolId, now, (rows) => rows.every((key) => key.created_at < now));
  }

  async #find(poolId: string, now: number): Promise<PoolKeys> {
    const cached = this.#byPool.get(poolId);
    if (cached !== undefined && isGood(cached, now)) return cached;
    const read = async () => {
      const rows = await this.#means.store.read((tx) => poolTokenKeys.list(tx, poolId));
      return poolKeys(rows.length === 0 ? await this.#makeFirst(poolId, now) : rows, now);
    };
    return (await this.#byPool.load(poolId, read)) ?? read();
  }

  /** However many ask, here or on other nodes, one pair is stored and all get that one. */
  #makeFirst(poolId: string, now: number): Promise<readonly PoolTokenKeyRow[]> {
    let work = this.#underWay.get(poolId);
    if (work === undefined) {
      work = this.#make(poolId, now, (rows) => rows.length === 0).finally(() => this.#underWay.delete(poolId));
      this.#underWay.set(poolId, work);
    }
    return work;
  }

  /** Makes a key of each use, unless by the time they are made others are there already. */
  async #make(
    poolId: string,
    now: number,
    isDue: (rows: readonly PoolTokenKeyRow[]) => boolean,
  ): Promise<readonly PoolTokenKeyRow[]> {
    const { store } = this.#means;
    const made = [await this.#newKey(poolId, "id", now), await this.#newKey(poolId, "access", now)];
    return store.write(async (tx) => {
      const rows = await poolTokenKeys.list(tx, poolId);
      // Deleted since it was asked for: nobody will see these keys.
      if (!isDue(rows) || (await userPools.find(tx, poolId)) === undefined) return rows.length === 0 ? made : rows;
      for (const { key_id, superseded_at } of rows) {
        if (superseded_at === null) await poolTokenKeys.supersede(tx, key_id, now);
        else if (endOf(superseded_at) <= now) await poolTokenKeys.delete(tx, key_id);
      }
      for (const key of made) await poolTokenKeys.insert(tx, key);
      return poolTokenKeys.list(tx, poolId);
    });
  }

  async #newKey(poolId: string, use: TokenUse, now: number): Promise<PoolTokenKeyRow> {
    const { random, seal, keyPairs } = this.#means;
    const { privateKey, publicKey } = await keyPairs.takeOrMake();
    // 44 characters that end in `=`, as AWS's.
    const keyId = Buffer.from(random.bytes(32)).toString("base64");
    const der = encodePrivateKey(privateKey);
    const sealed = seal.seal(der, sealContext(keyId), random.bytes(12));
    der.fill(0);
    return {
      key_id: keyId,
      pool_id: poolId,
      token_use: use,
      modulus: modulusOf(publicKey),
      private_key_sealed: sealed,
      created_at: now,
      superseded_at: null,
    };
  }

  #key(row: PoolTokenKeyRow): Known {
    let known = this.#known.get(row.key_id);
    if (known === undefined) {
      if (this.#known.size >= cachedKeys) this.#known.clear();
      known = { publicKey: publicKeyOf(row.modulus), privateKey: undefined };
      this.#known.set(row.key_id, known);
    }
    return known;
  }

  #signer(row: PoolTokenKeyRow): TokenSigner {
    const known = this.#key(row);
    if (known.privateKey === undefined) {
      const der = this.#means.seal.open(row.private_key_sealed, sealContext(row.key_id));
      known.privateKey = decodePrivateKey(der).privateKey;
      der.fill(0);
    }
    return { privateKey: known.privateKey, header: tokenHeader(row.key_id) };
  }
}

/**
 * Every pool whose keys are a year old gets new ones, and keys whose last tokens have ended go with that. Once a day is
 * often enough. Returns how many pools were due.
 */
export async function rotateTokenKeys({
  store,
  clock,
  log,
  tokenKeys,
}: Pick<Environment, "store" | "clock" | "log" | "tokenKeys">): Promise<number> {
  const now = clock.now();
  const due = new Set<string>();
  let after: KeyPosition | undefined;
  do {
    const from = after;
    const found = await store.read((tx) => poolTokenKeys.listDue(tx, now - keyLifetime, from, duePerPage));
    for (const { pool_id } of found) {
      // Each pool has two keys.
      if (due.has(pool_id)) continue;
      due.add(pool_id);
      try {
        await tokenKeys.rotate(pool_id, now);
      } catch (error) {
        // One pool that cannot be helped must not keep the others from their keys.
        log.error("no token keys made", { userPoolId: pool_id, error });
      }
    }
    after = found.length < duePerPage ? undefined : found.at(-1);
  } while (after !== undefined);
  return due.size;
}

function isGood({ madeAt, changesAt }: PoolKeys, now: number): boolean {
  // A clock that was set back makes it old, too.
  return now >= madeAt && now < changesAt;
}

/** Its successor signs from a day after it was made, and the last token of this key ends a day after that. */
function endOf(supersededAt: number): number {
  return supersededAt + keySetLifetime + longestToken;
}

function poolKeys(all: readonly PoolTokenKeyRow[], now: number): PoolKeys {
  const rows = all.filter((key) => key.superseded_at === null || endOf(key.superseded_at) > now);
  const changes = rows.flatMap((key) => [
    key.created_at + keySetLifetime,
    ...(key.superseded_at === null ? [] : [endOf(key.superseded_at)]),
  ]);
  return {
    rows,
    keySet: JSON.stringify({ keys: rows.map(publicKeyShape) }),
    signers: { id: signerOf(rows, "id", now), access: signerOf(rows, "access", now) },
    madeAt: now,
    changesAt: Math.min(...changes.filter((at) => at > now)),
  };
}

/** The newest that has been published for long enough; the first of all signs at once. */
function signerOf(rows: readonly PoolTokenKeyRow[], use: TokenUse, now: number): PoolTokenKeyRow {
  const keys = rows.filter((key) => key.token_use === use);
  const signer = keys.findLast((key) => key.created_at + keySetLifetime <= now) ?? keys[0];
  if (signer === undefined) throw new Error(`a pool without a key for ${use} tokens`);
  return signer;
}

/** The members in AWS's order (developer guide, "Verifying JSON web tokens"). */
function publicKeyShape({ key_id, modulus }: PoolTokenKeyRow) {
  return { alg: "RS256", e: exponent, kid: key_id, kty: "RSA", n: modulus, use: "sig" };
}

function sealContext(keyId: string): string {
  return `pool_token_keys:${keyId}`;
}
