import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolUserPasskeysTable } from "./tables.ts";

export interface PoolUserPasskeyRow extends Omit<PoolUserPasskeysTable, "transports_json"> {
  /** As WebAuthn names them: `internal`, `hybrid`. */
  readonly transports: readonly string[];
}

type One = Slots<{ credentialId: string }>;
type User = Slots<{ userId: string }>;

const selectById = statement.first("poolUserPasskeys.find", (db, p: One) =>
  db.selectFrom("pool_user_passkeys").selectAll().where("credential_id", "=", p.credentialId),
);

const selectPage = statement.all(
  "poolUserPasskeys.list",
  (db, p: Slots<{ userId: string; after: string; limit: number }>) =>
    db
      .selectFrom("pool_user_passkeys")
      .selectAll()
      .where("user_id", "=", p.userId)
      .where("credential_id", ">", p.after)
      .orderBy("credential_id")
      .limit(p.limit),
);

const insertRow = statement.run("poolUserPasskeys.insert", (db, p: Slots<PoolUserPasskeysTable>) =>
  db
    .insertInto("pool_user_passkeys")
    .values(
      columns(p, [
        "credential_id",
        "user_id",
        "pool_id",
        "public_key",
        "counter",
        "friendly_name",
        "relying_party_id",
        "attachment",
        "transports_json",
        "created_at",
      ]),
    ),
);

const updateCounter = statement.run("poolUserPasskeys.use", (db, p: Slots<{ credentialId: string; counter: number }>) =>
  db
    .updateTable("pool_user_passkeys")
    .set({ counter: p.counter })
    .where("credential_id", "=", p.credentialId)
    .where("counter", "<", p.counter),
);

const deleteRow = statement.run("poolUserPasskeys.delete", (db, p: Slots<{ credentialId: string; userId: string }>) =>
  db.deleteFrom("pool_user_passkeys").where("credential_id", "=", p.credentialId).where("user_id", "=", p.userId),
);

const deleteRows = statement.run("poolUserPasskeys.deleteOfUser", (db, p: User) =>
  db.deleteFrom("pool_user_passkeys").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("poolUserPasskeys.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_user_passkeys").where("pool_id", "=", p.poolId),
);

function passkeyOf({ transports_json, ...row }: PoolUserPasskeysTable): PoolUserPasskeyRow {
  return { ...row, transports: JSON.parse(transports_json) as string[] }; // `insert` wrote it
}

/** The passkeys of pool users: public keys, so nothing here is secret. */
export const poolUserPasskeys = {
  async find(tx: Tx, credentialId: string): Promise<PoolUserPasskeyRow | undefined> {
    const row = await selectById(tx, { credentialId });
    return row && passkeyOf(row);
  },

  /** In the order of their ids; `""` starts. */
  async list(tx: Tx, userId: string, after: string, limit: number): Promise<PoolUserPasskeyRow[]> {
    return (await selectPage(tx, { userId, after, limit })).map(passkeyOf);
  },

  /** Throws Conflict where somebody has a passkey of this id. */
  async insert(tx: Tx, { transports, ...row }: PoolUserPasskeyRow): Promise<void> {
    await insertRow(tx, { ...row, transports_json: JSON.stringify(transports) });
  },

  /** False where the authenticator has counted as far or further before: a copy of it is about. Many count nothing. */
  async use(tx: Tx, credentialId: string, counter: number): Promise<boolean> {
    if (counter === 0) return (await selectById(tx, { credentialId }))?.counter === 0;
    return (await updateCounter(tx, { credentialId, counter })) > 0;
  },

  /** False where the user has none of this id. */
  async delete(tx: Tx, userId: string, credentialId: string): Promise<boolean> {
    return (await deleteRow(tx, { userId, credentialId })) > 0;
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteRows(tx, { userId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
