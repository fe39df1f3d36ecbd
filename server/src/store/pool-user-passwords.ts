import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolUserPasswordsTable } from "./tables.ts";

type User = Slots<{ userId: string }>;

const selectRows = statement.all("poolUserPasswords.list", (db, p: Slots<{ userId: string; limit: number }>) =>
  db
    .selectFrom("pool_user_passwords")
    .selectAll()
    .where("user_id", "=", p.userId)
    .orderBy("number", "desc")
    .limit(p.limit),
);

const insertRow = statement.run("poolUserPasswords.insert", (db, p: Slots<PoolUserPasswordsTable>) =>
  db.insertInto("pool_user_passwords").values(columns(p, ["user_id", "pool_id", "number", "password_sealed"])),
);

const deleteOlder = statement.run("poolUserPasswords.deleteUpTo", (db, p: Slots<{ userId: string; number: number }>) =>
  db.deleteFrom("pool_user_passwords").where("user_id", "=", p.userId).where("number", "<=", p.number),
);

const deleteRows = statement.run("poolUserPasswords.deleteOfUser", (db, p: User) =>
  db.deleteFrom("pool_user_passwords").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("poolUserPasswords.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_user_passwords").where("pool_id", "=", p.poolId),
);

/** Passwords that users had before the one they have. */
export const poolUserPasswords = {
  /** Sealed, the newest first. */
  async list(tx: Tx, userId: string, limit: number): Promise<Uint8Array[]> {
    return (await selectRows(tx, { userId, limit })).map((row) => row.password_sealed);
  },

  /** Keeps no more than `most`. */
  async add(
    tx: Tx,
    user: { readonly user_id: string; readonly pool_id: string },
    sealed: Uint8Array,
    most: number,
  ): Promise<void> {
    const { user_id, pool_id } = user;
    const [newest] = await selectRows(tx, { userId: user_id, limit: 1 });
    const number = (newest?.number ?? 0) + 1;
    await insertRow(tx, { user_id, pool_id, number, password_sealed: sealed });
    await deleteOlder(tx, { userId: user_id, number: number - most });
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteRows(tx, { userId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
