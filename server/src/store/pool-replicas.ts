import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolReplicasTable } from "./tables.ts";

export type PoolReplicaRow = PoolReplicasTable;

type Key = Slots<{ poolId: string; region: string }>;

const selectRow = statement.first("poolReplicas.find", (db, p: Key) =>
  db.selectFrom("pool_replicas").selectAll().where("pool_id", "=", p.poolId).where("region", "=", p.region),
);

type Page = Slots<{ poolId: string; after: string; limit: number }>;

const selectPage = statement.all("poolReplicas.list", (db, p: Page) =>
  db
    .selectFrom("pool_replicas")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("region", ">", p.after)
    .orderBy("region")
    .limit(p.limit),
);

type PoolRange = Slots<{ accountId: string; region: string; first: string; last: string }>;

const selectOfPools = statement.all("poolReplicas.listOfPools", (db, p: PoolRange) =>
  db
    .selectFrom("user_pools")
    .innerJoin("pool_replicas", "pool_replicas.pool_id", "user_pools.pool_id")
    .select(["pool_replicas.pool_id", "pool_replicas.region"])
    .where("user_pools.account_id", "=", p.accountId)
    .where("user_pools.region", "=", p.region)
    .where("user_pools.pool_id", ">=", p.first)
    .where("user_pools.pool_id", "<=", p.last),
);

const insertRow = statement.run("poolReplicas.insert", (db, p: Slots<PoolReplicasTable>) =>
  db.insertInto("pool_replicas").values(columns(p, ["pool_id", "region", "status", "tags_json", "created_at"])),
);

const updateStatus = statement.run(
  "poolReplicas.setStatus",
  (db, p: Slots<{ poolId: string; region: string; status: string }>) =>
    db
      .updateTable("pool_replicas")
      .set({ status: p.status })
      .where("pool_id", "=", p.poolId)
      .where("region", "=", p.region),
);

const deleteRow = statement.run("poolReplicas.delete", (db, p: Key) =>
  db.deleteFrom("pool_replicas").where("pool_id", "=", p.poolId).where("region", "=", p.region),
);

const deleteRowsOfPool = statement.run("poolReplicas.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_replicas").where("pool_id", "=", p.poolId),
);

/** In which other regions a pool is to be had, too. */
export const poolReplicas = {
  find(tx: Tx, poolId: string, region: string): Promise<PoolReplicaRow | undefined> {
    return selectRow(tx, { poolId, region });
  },

  /** In the order of their regions, after `after`; `""` starts. */
  list(tx: Tx, poolId: string, after: string, limit: number): Promise<PoolReplicaRow[]> {
    return selectPage(tx, { poolId, after, limit });
  },

  /** Of an account's pools in a region, from the id `first` to the id `last`, in no order. */
  listOfPools(
    tx: Tx,
    accountId: string,
    region: string,
    first: string,
    last: string,
  ): Promise<{ readonly pool_id: string; readonly region: string }[]> {
    return selectOfPools(tx, { accountId, region, first, last });
  },

  async insert(tx: Tx, replica: PoolReplicaRow): Promise<void> {
    await insertRow(tx, replica);
  },

  async setStatus(tx: Tx, poolId: string, region: string, status: string): Promise<void> {
    await updateStatus(tx, { poolId, region, status });
  },

  async delete(tx: Tx, poolId: string, region: string): Promise<void> {
    await deleteRow(tx, { poolId, region });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
