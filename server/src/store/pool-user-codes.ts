import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolUserCodesTable } from "./tables.ts";

export type PoolUserCodeRow = PoolUserCodesTable;

type Key = Slots<{ userId: string; purpose: string }>;

const selectByKey = statement.first("poolUserCodes.find", (db, p: Key) =>
  db.selectFrom("pool_user_codes").selectAll().where("user_id", "=", p.userId).where("purpose", "=", p.purpose),
);

const upsert = statement.run("poolUserCodes.put", (db, p: Slots<PoolUserCodesTable>) =>
  db
    .insertInto("pool_user_codes")
    .values(
      columns(p, [
        "user_id",
        "purpose",
        "pool_id",
        "code_sealed",
        "destination",
        "expires_at",
        "window_at",
        "requests",
        "failures",
      ]),
    )
    .onConflict((conflict) =>
      conflict.columns(["user_id", "purpose"]).doUpdateSet((eb) => ({
        code_sealed: eb.ref("excluded.code_sealed"),
        destination: eb.ref("excluded.destination"),
        expires_at: eb.ref("excluded.expires_at"),
        window_at: eb.ref("excluded.window_at"),
        requests: eb.ref("excluded.requests"),
        failures: eb.ref("excluded.failures"),
      })),
    ),
);

const deleteRow = statement.run("poolUserCodes.delete", (db, p: Key) =>
  db.deleteFrom("pool_user_codes").where("user_id", "=", p.userId).where("purpose", "=", p.purpose),
);

const deleteStale = statement.run(
  "poolUserCodes.deleteStale",
  (db, p: Slots<{ userId: string; now: number; windowsSince: number }>) =>
    db
      .deleteFrom("pool_user_codes")
      .where("user_id", "=", p.userId)
      .where("expires_at", "<=", p.now)
      .where("window_at", "<=", p.windowsSince),
);

const deleteRowsOfUser = statement.run("poolUserCodes.deleteOfUser", (db, p: Slots<{ userId: string }>) =>
  db.deleteFrom("pool_user_codes").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("poolUserCodes.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_user_codes").where("pool_id", "=", p.poolId),
);

/** A user has one code of a purpose at most. */
export const poolUserCodes = {
  find(tx: Tx, userId: string, purpose: string): Promise<PoolUserCodeRow | undefined> {
    return selectByKey(tx, { userId, purpose });
  },

  /** In place of the one before. */
  async put(tx: Tx, code: PoolUserCodeRow): Promise<void> {
    await upsert(tx, code);
  },

  async delete(tx: Tx, userId: string, purpose: string): Promise<void> {
    await deleteRow(tx, { userId, purpose });
  },

  /** Those of a user that have expired and whose numbers count no more, which are those of windows until `windowsSince`. */
  async deleteStale(tx: Tx, userId: string, now: number, windowsSince: number): Promise<void> {
    await deleteStale(tx, { userId, now, windowsSince });
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteRowsOfUser(tx, { userId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
