import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { AccessKeysTable } from "./tables.ts";

export type AccessKeyRow = AccessKeysTable;

const selectById = statement.first("accessKeys.find", (db, p: Slots<{ accessKeyId: string }>) =>
  db.selectFrom("access_keys").selectAll().where("access_key_id", "=", p.accessKeyId),
);

const selectOfUser = statement.all("accessKeys.listOfUser", (db, p: Slots<{ accountId: string; userId: string }>) =>
  db
    .selectFrom("access_keys")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("user_id", "=", p.userId)
    .orderBy("created_at")
    .orderBy("access_key_id"),
);

const selectOfRoot = statement.all("accessKeys.listOfRoot", (db, p: Slots<{ accountId: string }>) =>
  db
    .selectFrom("access_keys")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("user_id", "is", null)
    .orderBy("created_at")
    .orderBy("access_key_id"),
);

const countOfUser = statement.first("accessKeys.countOfUser", (db, p: Slots<{ accountId: string; userId: string }>) =>
  db
    .selectFrom("access_keys")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("account_id", "=", p.accountId)
    .where("user_id", "=", p.userId),
);

const countOfRoot = statement.first("accessKeys.countOfRoot", (db, p: Slots<{ accountId: string }>) =>
  db
    .selectFrom("access_keys")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("account_id", "=", p.accountId)
    .where("user_id", "is", null),
);

const insertRow = statement.run("accessKeys.insert", (db, p: Slots<AccessKeysTable>) =>
  db
    .insertInto("access_keys")
    .values(
      columns(p, ["access_key_id", "account_id", "user_id", "secret_sealed", "status", "created_at", "changed_at"]),
    ),
);

const updateStatus = statement.run(
  "accessKeys.setStatus",
  (db, p: Slots<{ accessKeyId: string; status: string; changedAt: number }>) =>
    db
      .updateTable("access_keys")
      .set({ status: p.status, changed_at: p.changedAt })
      .where("access_key_id", "=", p.accessKeyId),
);

const deleteRow = statement.run("accessKeys.delete", (db, p: Slots<{ accessKeyId: string }>) =>
  db.deleteFrom("access_keys").where("access_key_id", "=", p.accessKeyId),
);

const deleteUse = statement.run("accessKeys.deleteUse", (db, p: Slots<{ accessKeyId: string }>) =>
  db.deleteFrom("access_key_uses").where("access_key_id", "=", p.accessKeyId),
);

/** Where a function takes a `userId`, null is the account's root. An owner has two keys at most. */
export const accessKeys = {
  find(tx: Tx, accessKeyId: string): Promise<AccessKeyRow | undefined> {
    return selectById(tx, { accessKeyId });
  },

  /** All of an owner's keys, oldest first. */
  list(tx: Tx, accountId: string, userId: string | null): Promise<AccessKeyRow[]> {
    return userId === null ? selectOfRoot(tx, { accountId }) : selectOfUser(tx, { accountId, userId });
  },

  async count(tx: Tx, accountId: string, userId: string | null): Promise<number> {
    const row = userId === null ? await countOfRoot(tx, { accountId }) : await countOfUser(tx, { accountId, userId });
    return row?.total ?? 0;
  },

  async insert(tx: Tx, accessKey: AccessKeyRow): Promise<void> {
    await insertRow(tx, accessKey);
  },

  async setStatus(tx: Tx, accessKeyId: string, status: string, changedAt: number): Promise<void> {
    await updateStatus(tx, { accessKeyId, status, changedAt });
  },

  /** With the note of its last use. */
  async delete(tx: Tx, accessKeyId: string): Promise<void> {
    await deleteRow(tx, { accessKeyId });
    await deleteUse(tx, { accessKeyId });
  },
};
