import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolTokenKeysTable } from "./tables.ts";

export interface PoolTokenKeyRow extends PoolTokenKeysTable {
  token_use: "id" | "access";
}

type Pool = Slots<{ poolId: string }>;

const selectOfPool = statement.all("poolTokenKeys.list", (db, p: Pool) =>
  db.selectFrom("pool_token_keys").selectAll().where("pool_id", "=", p.poolId).orderBy("created_at").orderBy("key_id"),
);

const selectDue = statement.all(
  "poolTokenKeys.listDue",
  (db, p: Slots<{ before: number; afterTime: number; afterId: string; limit: number }>) =>
    db
      .selectFrom("pool_token_keys")
      .select(["pool_id", "created_at", "key_id"])
      .where("created_at", "<", p.before)
      .where("superseded_at", "is", null)
      .where("created_at", ">=", p.afterTime)
      .where((eb) => eb.or([eb("created_at", "!=", p.afterTime), eb("key_id", ">", p.afterId)]))
      .orderBy("created_at")
      .orderBy("key_id")
      .limit(p.limit),
);

const insertRow = statement.run("poolTokenKeys.insert", (db, p: Slots<PoolTokenKeysTable>) =>
  db
    .insertInto("pool_token_keys")
    .values(
      columns(p, ["key_id", "pool_id", "token_use", "modulus", "private_key_sealed", "created_at", "superseded_at"]),
    ),
);

const updateSuperseded = statement.run("poolTokenKeys.supersede", (db, p: Slots<{ keyId: string; at: number }>) =>
  db.updateTable("pool_token_keys").set({ superseded_at: p.at }).where("key_id", "=", p.keyId),
);

const deleteRow = statement.run("poolTokenKeys.delete", (db, p: Slots<{ keyId: string }>) =>
  db.deleteFrom("pool_token_keys").where("key_id", "=", p.keyId),
);

const deleteRowsOfPool = statement.run("poolTokenKeys.deleteOfPool", (db, p: Pool) =>
  db.deleteFrom("pool_token_keys").where("pool_id", "=", p.poolId),
);

/** Where a walk through the keys that are due has come. */
export type KeyPosition = Pick<PoolTokenKeyRow, "pool_id" | "created_at" | "key_id">;

export const poolTokenKeys = {
  /** Of both uses, the oldest first. */
  async list(tx: Tx, poolId: string): Promise<PoolTokenKeyRow[]> {
    return (await selectOfPool(tx, { poolId })) as PoolTokenKeyRow[]; // insert wrote the uses
  },

  /** Current keys of every pool that were made before then, the oldest first. */
  listDue(tx: Tx, before: number, after: KeyPosition | undefined, limit: number): Promise<KeyPosition[]> {
    return selectDue(tx, {
      before,
      afterTime: after?.created_at ?? Number.MIN_SAFE_INTEGER,
      afterId: after?.key_id ?? "",
      limit,
    });
  },

  async insert(tx: Tx, key: PoolTokenKeyRow): Promise<void> {
    await insertRow(tx, key);
  },

  async supersede(tx: Tx, keyId: string, at: number): Promise<void> {
    await updateSuperseded(tx, { keyId, at });
  },

  async delete(tx: Tx, keyId: string): Promise<void> {
    await deleteRow(tx, { keyId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
