import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { SshPublicKeysTable } from "./tables.ts";

export type SshPublicKeyRow = SshPublicKeysTable;

const selectById = statement.first("sshPublicKeys.find", (db, p: Slots<{ keyId: string }>) =>
  db.selectFrom("ssh_public_keys").selectAll().where("key_id", "=", p.keyId),
);

const selectOfUser = statement.all("sshPublicKeys.list", (db, p: Slots<{ userId: string }>) =>
  db.selectFrom("ssh_public_keys").selectAll().where("user_id", "=", p.userId).orderBy("position"),
);

const countOfUser = statement.first("sshPublicKeys.count", (db, p: Slots<{ userId: string }>) =>
  db
    .selectFrom("ssh_public_keys")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("user_id", "=", p.userId),
);

const insertRow = statement.run("sshPublicKeys.insert", (db, p: Slots<SshPublicKeysTable>) =>
  db
    .insertInto("ssh_public_keys")
    .values(columns(p, ["key_id", "account_id", "user_id", "public_key", "status", "uploaded_at", "position"])),
);

const updateStatus = statement.run("sshPublicKeys.setStatus", (db, p: Slots<{ keyId: string; status: string }>) =>
  db.updateTable("ssh_public_keys").set({ status: p.status }).where("key_id", "=", p.keyId),
);

const deleteRow = statement.run("sshPublicKeys.delete", (db, p: Slots<{ keyId: string }>) =>
  db.deleteFrom("ssh_public_keys").where("key_id", "=", p.keyId),
);

/** A user has five keys at most. */
export const sshPublicKeys = {
  /** Whoever has it. */
  find(tx: Tx, keyId: string): Promise<SshPublicKeyRow | undefined> {
    return selectById(tx, { keyId });
  },

  /** All of a user's keys, in the order of upload. */
  list(tx: Tx, userId: string): Promise<SshPublicKeyRow[]> {
    return selectOfUser(tx, { userId });
  },

  async count(tx: Tx, userId: string): Promise<number> {
    return (await countOfUser(tx, { userId }))?.total ?? 0;
  },

  async insert(tx: Tx, key: SshPublicKeyRow): Promise<void> {
    await insertRow(tx, key);
  },

  async setStatus(tx: Tx, keyId: string, status: string): Promise<void> {
    await updateStatus(tx, { keyId, status });
  },

  async delete(tx: Tx, keyId: string): Promise<void> {
    await deleteRow(tx, { keyId });
  },
};
