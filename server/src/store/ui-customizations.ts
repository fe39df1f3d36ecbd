import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { UiCustomizationsTable } from "./tables.ts";

export type UiCustomizationRow = UiCustomizationsTable;

type Key = Slots<{ poolId: string; clientId: string }>;

const selectRow = statement.first("uiCustomizations.find", (db, p: Key) =>
  db.selectFrom("ui_customizations").selectAll().where("pool_id", "=", p.poolId).where("client_id", "=", p.clientId),
);

const upsert = statement.run("uiCustomizations.set", (db, p: Slots<UiCustomizationsTable>) =>
  db
    .insertInto("ui_customizations")
    .values(
      columns(p, ["pool_id", "client_id", "css", "css_version", "image", "image_name", "created_at", "modified_at"]),
    )
    .onConflict((conflict) =>
      conflict.columns(["pool_id", "client_id"]).doUpdateSet((eb) => ({
        css: eb.ref("excluded.css"),
        css_version: eb.ref("excluded.css_version"),
        image: eb.ref("excluded.image"),
        image_name: eb.ref("excluded.image_name"),
        modified_at: eb.ref("excluded.modified_at"),
      })),
    ),
);

const deleteRow = statement.run("uiCustomizations.deleteOfClient", (db, p: Slots<{ clientId: string }>) =>
  db.deleteFrom("ui_customizations").where("client_id", "=", p.clientId),
);

const deleteRowsOfPool = statement.run("uiCustomizations.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("ui_customizations").where("pool_id", "=", p.poolId),
);

/** How the classic pages look; `clientId` is `ALL` for the clients without their own. */
export const uiCustomizations = {
  find(tx: Tx, poolId: string, clientId: string): Promise<UiCustomizationRow | undefined> {
    return selectRow(tx, { poolId, clientId });
  },

  /** `created_at` stays that of the first time. */
  async set(tx: Tx, customization: UiCustomizationRow): Promise<void> {
    await upsert(tx, customization);
  },

  async deleteOfClient(tx: Tx, clientId: string): Promise<void> {
    await deleteRow(tx, { clientId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
