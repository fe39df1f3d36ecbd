import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { AccountPropertiesTable } from "./tables.ts";

const select = statement.first("accountProperties.find", (db, p: Slots<{ accountId: string; name: string }>) =>
  db.selectFrom("account_properties").select("value").where("account_id", "=", p.accountId).where("name", "=", p.name),
);

const upsert = statement.run("accountProperties.set", (db, p: Slots<AccountPropertiesTable>) =>
  db
    .insertInto("account_properties")
    .values(columns(p, ["account_id", "name", "value"]))
    .onConflict((conflict) =>
      conflict.columns(["account_id", "name"]).doUpdateSet((eb) => ({ value: eb.ref("excluded.value") })),
    ),
);

/** Settings of an account that have no column of their own. */
export const accountProperties = {
  async find(tx: Tx, accountId: string, name: string): Promise<string | undefined> {
    return (await select(tx, { accountId, name }))?.value;
  },

  async set(tx: Tx, accountId: string, name: string, value: string): Promise<void> {
    await upsert(tx, { account_id: accountId, name, value });
  },
};
