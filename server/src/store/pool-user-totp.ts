import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolUserTotpTable } from "./tables.ts";

export interface PoolUserTotpRow extends Omit<PoolUserTotpTable, "is_verified"> {
  /** Whether the user has proved to have the secret: one that is not is good for nothing yet. */
  readonly isVerified: boolean;
}

type One = Slots<{ userId: string; isVerified: number }>;
type User = Slots<{ userId: string }>;

const selectRow = statement.first("poolUserTotp.find", (db, p: One) =>
  db.selectFrom("pool_user_totp").selectAll().where("user_id", "=", p.userId).where("is_verified", "=", p.isVerified),
);

const upsert = statement.run("poolUserTotp.put", (db, p: Slots<PoolUserTotpTable>) =>
  db
    .insertInto("pool_user_totp")
    .values(columns(p, ["user_id", "is_verified", "pool_id", "secret_sealed", "friendly_name", "last_step"]))
    .onConflict((conflict) =>
      conflict.columns(["user_id", "is_verified"]).doUpdateSet((eb) => ({
        secret_sealed: eb.ref("excluded.secret_sealed"),
        friendly_name: eb.ref("excluded.friendly_name"),
        last_step: eb.ref("excluded.last_step"),
      })),
    ),
);

const updateStep = statement.run("poolUserTotp.use", (db, p: Slots<{ userId: string; step: number }>) =>
  db
    .updateTable("pool_user_totp")
    .set({ last_step: p.step })
    .where("user_id", "=", p.userId)
    .where("is_verified", "=", 1)
    .where("last_step", "<", p.step),
);

const deletePendingRow = statement.run("poolUserTotp.deletePending", (db, p: User) =>
  db.deleteFrom("pool_user_totp").where("user_id", "=", p.userId).where("is_verified", "=", 0),
);

const deleteRows = statement.run("poolUserTotp.deleteOfUser", (db, p: User) =>
  db.deleteFrom("pool_user_totp").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("poolUserTotp.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_user_totp").where("pool_id", "=", p.poolId),
);

async function find(tx: Tx, userId: string, isVerified: boolean): Promise<PoolUserTotpRow | undefined> {
  const row = await selectRow(tx, { userId, isVerified: isVerified ? 1 : 0 });
  if (row === undefined) return undefined;
  const { is_verified: _, ...rest } = row;
  return { ...rest, isVerified };
}

/**
 * The secret that a pool user's authenticator app shares. A new one waits beside the old one until the user has proved to
 * have it, so that nobody is left without.
 */
export const poolUserTotp = {
  /** The one that codes are checked by. */
  find(tx: Tx, userId: string): Promise<PoolUserTotpRow | undefined> {
    return find(tx, userId, true);
  },

  findPending(tx: Tx, userId: string): Promise<PoolUserTotpRow | undefined> {
    return find(tx, userId, false);
  },

  /** In the place of the one that waits. */
  async putPending(tx: Tx, row: Omit<PoolUserTotpRow, "isVerified">): Promise<void> {
    await upsert(tx, { ...row, is_verified: 0 });
  },

  /** The one that waited takes the place of the other. */
  async verify(tx: Tx, { isVerified: _, ...row }: PoolUserTotpRow): Promise<void> {
    await deletePendingRow(tx, { userId: row.user_id });
    await upsert(tx, { ...row, is_verified: 1 });
  },

  /** False where a code of this step, or of a later one, was used before. */
  async use(tx: Tx, userId: string, step: number): Promise<boolean> {
    return (await updateStep(tx, { userId, step })) > 0;
  },

  /** False where there was none. */
  async deleteOfUser(tx: Tx, userId: string): Promise<boolean> {
    return (await deleteRows(tx, { userId })) > 0;
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
