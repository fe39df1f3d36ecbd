import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolUserPendingAttributesTable } from "./tables.ts";

const selectRow = statement.first("poolUserPendingAttributes.find", (db, p: Slots<{ userId: string; name: string }>) =>
  db.selectFrom("pool_user_pending_attributes").selectAll().where("user_id", "=", p.userId).where("name", "=", p.name),
);

const upsert = statement.run("poolUserPendingAttributes.put", (db, p: Slots<PoolUserPendingAttributesTable>) =>
  db
    .insertInto("pool_user_pending_attributes")
    .values(columns(p, ["user_id", "pool_id", "name", "value"]))
    .onConflict((conflict) =>
      conflict.columns(["user_id", "name"]).doUpdateSet((eb) => ({ value: eb.ref("excluded.value") })),
    ),
);

const deleteRow = statement.run("poolUserPendingAttributes.delete", (db, p: Slots<{ userId: string; name: string }>) =>
  db.deleteFrom("pool_user_pending_attributes").where("user_id", "=", p.userId).where("name", "=", p.name),
);

const deleteRows = statement.run("poolUserPendingAttributes.deleteOfUser", (db, p: Slots<{ userId: string }>) =>
  db.deleteFrom("pool_user_pending_attributes").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("poolUserPendingAttributes.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_user_pending_attributes").where("pool_id", "=", p.poolId),
);

/** Addresses that users have chosen and not shown to be theirs yet, while the former ones still count. */
export const poolUserPendingAttributes = {
  async find(tx: Tx, userId: string, name: string): Promise<string | undefined> {
    return (await selectRow(tx, { userId, name }))?.value;
  },

  /** In the place of the one before. */
  async put(tx: Tx, pending: PoolUserPendingAttributesTable): Promise<void> {
    await upsert(tx, pending);
  },

  async delete(tx: Tx, userId: string, name: string): Promise<void> {
    await deleteRow(tx, { userId, name });
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteRows(tx, { userId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
