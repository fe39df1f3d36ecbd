import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolPropertiesTable } from "./tables.ts";

/** What a pool or a client of it is told once and whole. */
export type PoolProperty = "log-delivery" | "risk" | "sessions";

export interface PoolPropertyRow {
  /** As `set` was given it. */
  readonly value: unknown;
  readonly modified_at: number;
}

type Key = Slots<{ poolId: string; clientId: string; name: string }>;

const selectRow = statement.first("poolProperties.find", (db, p: Key) =>
  db
    .selectFrom("pool_properties")
    .select(["value_json", "modified_at"])
    .where("pool_id", "=", p.poolId)
    .where("client_id", "=", p.clientId)
    .where("name", "=", p.name),
);

const upsert = statement.run("poolProperties.set", (db, p: Slots<PoolPropertiesTable>) =>
  db
    .insertInto("pool_properties")
    .values(columns(p, ["pool_id", "client_id", "name", "value_json", "modified_at"]))
    .onConflict((conflict) =>
      conflict.columns(["pool_id", "client_id", "name"]).doUpdateSet((eb) => ({
        value_json: eb.ref("excluded.value_json"),
        modified_at: eb.ref("excluded.modified_at"),
      })),
    ),
);

const deleteRow = statement.run("poolProperties.delete", (db, p: Key) =>
  db
    .deleteFrom("pool_properties")
    .where("pool_id", "=", p.poolId)
    .where("client_id", "=", p.clientId)
    .where("name", "=", p.name),
);

const deleteRowsOfClient = statement.run("poolProperties.deleteOfClient", (db, p: Slots<{ clientId: string }>) =>
  db.deleteFrom("pool_properties").where("client_id", "=", p.clientId),
);

const deleteRowsOfPool = statement.run("poolProperties.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_properties").where("pool_id", "=", p.poolId),
);

/** `clientId` is `""` for the pool's own. */
export const poolProperties = {
  async find(tx: Tx, poolId: string, clientId: string, name: PoolProperty): Promise<PoolPropertyRow | undefined> {
    const row = await selectRow(tx, { poolId, clientId, name });
    return row && { value: JSON.parse(row.value_json), modified_at: row.modified_at };
  },

  async set(
    tx: Tx,
    poolId: string,
    clientId: string,
    name: PoolProperty,
    { value, modified_at }: { readonly value: object; readonly modified_at: number },
  ): Promise<void> {
    await upsert(tx, { pool_id: poolId, client_id: clientId, name, value_json: JSON.stringify(value), modified_at });
  },

  async delete(tx: Tx, poolId: string, clientId: string, name: PoolProperty): Promise<void> {
    await deleteRow(tx, { poolId, clientId, name });
  },

  async deleteOfClient(tx: Tx, clientId: string): Promise<void> {
    await deleteRowsOfClient(tx, { clientId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
