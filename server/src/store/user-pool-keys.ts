import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { UserPoolCertificatesTable, UserPoolKeysTable } from "./tables.ts";

export type UserPoolKeyRow = UserPoolKeysTable;
export type UserPoolCertificateRow = UserPoolCertificatesTable;

type Owner = Slots<{ poolId: string; purpose: string }>;

const selectKey = statement.first("userPoolKeys.find", (db, p: Owner) =>
  db.selectFrom("user_pool_keys").selectAll().where("pool_id", "=", p.poolId).where("purpose", "=", p.purpose),
);

const insertKey = statement.run("userPoolKeys.insert", (db, p: Slots<UserPoolKeysTable>) =>
  db.insertInto("user_pool_keys").values(columns(p, ["pool_id", "purpose", "private_key_sealed", "created_at"])),
);

const deleteKey = statement.run("userPoolKeys.delete", (db, p: Owner) =>
  db.deleteFrom("user_pool_keys").where("pool_id", "=", p.poolId).where("purpose", "=", p.purpose),
);

const deleteKeys = statement.run("userPoolKeys.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("user_pool_keys").where("pool_id", "=", p.poolId),
);

const selectNewest = statement.first("userPoolKeys.findCertificate", (db, p: Owner) =>
  db
    .selectFrom("user_pool_certificates")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("purpose", "=", p.purpose)
    .orderBy("position", "desc")
    .limit((eb) => eb.lit(1)),
);

type CertificatePage = Slots<{ poolId: string; purpose: string; after: number; limit: number }>;

const selectCertificates = statement.all("userPoolKeys.listCertificates", (db, p: CertificatePage) =>
  db
    .selectFrom("user_pool_certificates")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("purpose", "=", p.purpose)
    .where("position", ">", p.after)
    .orderBy("position")
    .limit(p.limit),
);

const selectOfPool = statement.all("userPoolKeys.listCertificatesOfPool", (db, p: Slots<{ poolId: string }>) =>
  db
    .selectFrom("user_pool_certificates")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .orderBy("purpose")
    .orderBy("position"),
);

type PoolPage = Slots<{ purpose: string; after: string; limit: number }>;

const selectNewestOfPools = statement.all("userPoolKeys.listNewest", (db, p: PoolPage) =>
  db
    .selectFrom("user_pools")
    .select((eb) => [
      "user_pools.pool_id",
      eb
        .selectFrom("user_pool_certificates")
        .select("user_pool_certificates.not_before")
        .whereRef("user_pool_certificates.pool_id", "=", "user_pools.pool_id")
        .where("user_pool_certificates.purpose", "=", p.purpose)
        .orderBy("user_pool_certificates.position", "desc")
        .limit(eb.lit(1))
        .as("not_before"),
    ])
    .where("user_pools.pool_id", ">", p.after)
    .orderBy("user_pools.pool_id")
    .limit(p.limit),
);

const insertCertificate = statement.run(
  "userPoolKeys.insertCertificate",
  (db, p: Slots<Omit<UserPoolCertificatesTable, "position">>) =>
    db.insertInto("user_pool_certificates").values((eb) => ({
      pool_id: p.pool_id,
      purpose: p.purpose,
      certificate: p.certificate,
      not_before: p.not_before,
      not_after: p.not_after,
      position: eb
        .selectFrom("user_pool_certificates")
        .select((eb) => eb(eb.fn.coalesce(eb.fn.max("position"), eb.lit(0)), "+", eb.lit(1)).as("next"))
        .where("pool_id", "=", p.pool_id)
        .where("purpose", "=", p.purpose),
    })),
);

const deleteCertificatesOfKey = statement.run("userPoolKeys.deleteCertificates", (db, p: Owner) =>
  db.deleteFrom("user_pool_certificates").where("pool_id", "=", p.poolId).where("purpose", "=", p.purpose),
);

const deleteCertificates = statement.run("userPoolKeys.deleteCertificatesOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("user_pool_certificates").where("pool_id", "=", p.poolId),
);

/** A pool's private keys by purpose, and the certificates issued over them. */
export const userPoolKeys = {
  find(tx: Tx, poolId: string, purpose: string): Promise<UserPoolKeyRow | undefined> {
    return selectKey(tx, { poolId, purpose });
  },

  async insert(tx: Tx, key: UserPoolKeyRow): Promise<void> {
    await insertKey(tx, key);
  },

  /** The newest, which is the current one. */
  findCertificate(tx: Tx, poolId: string, purpose: string): Promise<UserPoolCertificateRow | undefined> {
    return selectNewest(tx, { poolId, purpose });
  },

  /** In the order of issue, after the position `after`; 0 starts. */
  listCertificates(
    tx: Tx,
    poolId: string,
    purpose: string,
    after: number,
    limit: number,
  ): Promise<UserPoolCertificateRow[]> {
    return selectCertificates(tx, { poolId, purpose, after, limit });
  },

  /** Of every purpose, one after the other, each in the order of issue. */
  listCertificatesOfPool(tx: Tx, poolId: string): Promise<UserPoolCertificateRow[]> {
    return selectOfPool(tx, { poolId });
  },

  /** Every pool there is, in the order of their ids, with when its newest certificate was issued; null without one. */
  listNewest(
    tx: Tx,
    purpose: string,
    after: string,
    limit: number,
  ): Promise<{ pool_id: string; not_before: number | null }[]> {
    return selectNewestOfPools(tx, { purpose, after, limit });
  },

  /** As the newest over this key. */
  async insertCertificate(tx: Tx, certificate: Omit<UserPoolCertificateRow, "position">): Promise<void> {
    await insertCertificate(tx, certificate);
  },

  /** With its certificates. */
  async delete(tx: Tx, poolId: string, purpose: string): Promise<void> {
    await deleteKey(tx, { poolId, purpose });
    await deleteCertificatesOfKey(tx, { poolId, purpose });
  },

  /** Keys and certificates of every purpose. */
  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteKeys(tx, { poolId });
    await deleteCertificates(tx, { poolId });
  },
};
