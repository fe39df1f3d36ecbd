import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { SignInFailuresTable } from "./tables.ts";

export type SignInFailuresRow = SignInFailuresTable;

const selectByKey = statement.first("signInFailures.find", (db, p: Slots<{ lockKey: string }>) =>
  db.selectFrom("sign_in_failures").selectAll().where("lock_key", "=", p.lockKey),
);

const upsert = statement.run("signInFailures.put", (db, p: Slots<SignInFailuresTable>) =>
  db
    .insertInto("sign_in_failures")
    .values(columns(p, ["lock_key", "failures", "failed_at", "locked_until"]))
    .onConflict((conflict) =>
      conflict.column("lock_key").doUpdateSet((eb) => ({
        failures: eb.ref("excluded.failures"),
        failed_at: eb.ref("excluded.failed_at"),
        locked_until: eb.ref("excluded.locked_until"),
      })),
    ),
);

const deleteRow = statement.run("signInFailures.delete", (db, p: Slots<{ lockKey: string }>) =>
  db.deleteFrom("sign_in_failures").where("lock_key", "=", p.lockKey),
);

const deleteStale = statement.run("signInFailures.deleteStale", (db, p: Slots<{ before: number }>) =>
  db.deleteFrom("sign_in_failures").where("failed_at", "<", p.before),
);

/** How often in a row somebody failed to sign in. */
export const signInFailures = {
  find(tx: Tx, lockKey: string): Promise<SignInFailuresRow | undefined> {
    return selectByKey(tx, { lockKey });
  },

  async put(tx: Tx, row: SignInFailuresRow): Promise<void> {
    await upsert(tx, row);
  },

  async delete(tx: Tx, lockKey: string): Promise<void> {
    await deleteRow(tx, { lockKey });
  },

  async deleteStale(tx: Tx, before: number): Promise<void> {
    await deleteStale(tx, { before });
  },
};
