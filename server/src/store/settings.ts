import { type Slots, statement, type Tx } from "./statement.ts";
import type { SettingsTable } from "./tables.ts";

const select = statement.first("settings.find", (db, p: Slots<{ name: string }>) =>
  db.selectFrom("settings").select("value").where("name", "=", p.name),
);

const upsert = statement.run("settings.set", (db, p: Slots<SettingsTable>) =>
  db
    .insertInto("settings")
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: p.value })),
);

/** What the server keeps about itself, by name. */
export const settings = {
  async find(tx: Tx, name: string): Promise<string | undefined> {
    return (await select(tx, { name }))?.value;
  },

  async set(tx: Tx, name: string, value: string): Promise<void> {
    await upsert(tx, { name, value });
  },
};
