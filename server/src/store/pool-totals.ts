import { type Slots, statement, type Tx } from "./statement.ts";

export type PoolCounted = "users" | "groups";

type Owner = Slots<{ poolId: string; kind: string }>;

const selectTotal = statement.first("poolTotals.find", (db, p: Owner) =>
  db
    .selectFrom("pool_totals")
    .select((eb) => eb.fn.sum<number | null>("total").as("total"))
    .where("pool_id", "=", p.poolId)
    .where("kind", "=", p.kind),
);

const upsert = statement.run(
  "poolTotals.add",
  (db, p: Slots<{ poolId: string; kind: string; shard: number; change: number }>) =>
    db
      .insertInto("pool_totals")
      .values({ pool_id: p.poolId, kind: p.kind, shard: p.shard, total: p.change })
      .onConflict((conflict) =>
        conflict
          .columns(["pool_id", "kind", "shard"])
          .doUpdateSet((eb) => ({ total: eb("pool_totals.total", "+", eb.ref("excluded.total")) })),
      ),
);

const deleteRows = statement.run("poolTotals.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_totals").where("pool_id", "=", p.poolId),
);

export const poolTotals = {
  async find(tx: Tx, poolId: string, kind: PoolCounted): Promise<number> {
    return Number((await selectTotal(tx, { poolId, kind }))?.total ?? 0);
  },

  /** `id` is that of what came or went: it chooses the row. */
  async add(tx: Tx, poolId: string, kind: PoolCounted, id: string, change: number): Promise<void> {
    if (change !== 0) await upsert(tx, { poolId, kind, shard: (id.codePointAt(0) ?? 0) % 16, change });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRows(tx, { poolId });
  },
};
