import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { AccountsTable } from "./tables.ts";

export type AccountRow = AccountsTable;

const selectById = statement.first("accounts.find", (db, p: Slots<{ accountId: string }>) =>
  db.selectFrom("accounts").selectAll().where("account_id", "=", p.accountId),
);

const selectByAlias = statement.first("accounts.findByAlias", (db, p: Slots<{ alias: string }>) =>
  db.selectFrom("accounts").selectAll().where("alias", "=", p.alias),
);

const selectPage = statement.all("accounts.list", (db, p: Slots<{ after: string; limit: number }>) =>
  db.selectFrom("accounts").selectAll().where("account_id", ">", p.after).orderBy("account_id").limit(p.limit),
);

const insertRow = statement.run("accounts.insert", (db, p: Slots<AccountsTable>) =>
  db.insertInto("accounts").values(columns(p, ["account_id", "created_at", "alias", "password_policy_json"])),
);

const updateAlias = statement.run("accounts.setAlias", (db, p: Slots<{ accountId: string; alias: string | null }>) =>
  db.updateTable("accounts").set({ alias: p.alias }).where("account_id", "=", p.accountId),
);

const updatePasswordPolicy = statement.run(
  "accounts.setPasswordPolicy",
  (db, p: Slots<{ accountId: string; json: string | null }>) =>
    db.updateTable("accounts").set({ password_policy_json: p.json }).where("account_id", "=", p.accountId),
);

export const accounts = {
  find(tx: Tx, accountId: string): Promise<AccountRow | undefined> {
    return selectById(tx, { accountId });
  },

  /** Aliases are unique over all accounts. */
  findByAlias(tx: Tx, alias: string): Promise<AccountRow | undefined> {
    return selectByAlias(tx, { alias });
  },

  /** In the order of their ids, after `after`; `""` starts. */
  list(tx: Tx, after: string, limit: number): Promise<AccountRow[]> {
    return selectPage(tx, { after, limit });
  },

  async insert(tx: Tx, account: AccountRow): Promise<void> {
    await insertRow(tx, account);
  },

  async setAlias(tx: Tx, accountId: string, alias: string | null): Promise<void> {
    await updateAlias(tx, { accountId, alias });
  },

  async setPasswordPolicy(tx: Tx, accountId: string, json: string | null): Promise<void> {
    await updatePasswordPolicy(tx, { accountId, json });
  },
};
