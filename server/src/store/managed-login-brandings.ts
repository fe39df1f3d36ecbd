import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { ManagedLoginAssetsTable, ManagedLoginBrandingsTable } from "./tables.ts";

export type ManagedLoginBrandingRow = ManagedLoginBrandingsTable;
export type ManagedLoginAssetRow = Omit<ManagedLoginAssetsTable, "branding_id" | "position">;

export type ManagedLoginAssetPlace = Pick<ManagedLoginAssetRow, "category" | "color_mode" | "extension">;

const selectById = statement.first("managedLoginBrandings.find", (db, p: Slots<{ brandingId: string }>) =>
  db.selectFrom("managed_login_brandings").selectAll().where("branding_id", "=", p.brandingId),
);

const selectByClient = statement.first("managedLoginBrandings.findByClient", (db, p: Slots<{ clientId: string }>) =>
  db.selectFrom("managed_login_brandings").selectAll().where("client_id", "=", p.clientId),
);

const countRows = statement.first("managedLoginBrandings.count", (db, p: Slots<{ poolId: string }>) =>
  db
    .selectFrom("managed_login_brandings")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("pool_id", "=", p.poolId),
);

const insertRow = statement.run("managedLoginBrandings.insert", (db, p: Slots<ManagedLoginBrandingsTable>) =>
  db
    .insertInto("managed_login_brandings")
    .values(columns(p, ["branding_id", "pool_id", "client_id", "settings_json", "created_at", "modified_at"])),
);

const updateRow = statement.run("managedLoginBrandings.update", (db, p: Slots<ManagedLoginBrandingsTable>) =>
  db
    .updateTable("managed_login_brandings")
    .set(columns(p, ["settings_json", "modified_at"]))
    .where("branding_id", "=", p.branding_id),
);

const deleteRow = statement.run("managedLoginBrandings.delete", (db, p: Slots<{ brandingId: string }>) =>
  db.deleteFrom("managed_login_brandings").where("branding_id", "=", p.brandingId),
);

const deleteRowsOfPool = statement.run("managedLoginBrandings.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("managed_login_brandings").where("pool_id", "=", p.poolId),
);

const selectAssets = statement.all("managedLoginBrandings.listAssets", (db, p: Slots<{ brandingId: string }>) =>
  db
    .selectFrom("managed_login_assets")
    .select(["resource_id", "category", "color_mode", "extension", "bytes"])
    .where("branding_id", "=", p.brandingId)
    .orderBy("position"),
);

const selectPlaces = statement.all("managedLoginBrandings.listPlaces", (db, p: Slots<{ brandingId: string }>) =>
  db
    .selectFrom("managed_login_assets")
    .select(["category", "color_mode", "extension"])
    .where("branding_id", "=", p.brandingId)
    .orderBy("position"),
);

const selectAsset = statement.first(
  "managedLoginBrandings.findAsset",
  (db, p: Slots<{ brandingId: string; category: string; colorMode: string }>) =>
    db
      .selectFrom("managed_login_assets")
      .select(["resource_id", "category", "color_mode", "extension", "bytes"])
      .where("branding_id", "=", p.brandingId)
      .where("category", "=", p.category)
      .where("color_mode", "=", p.colorMode),
);

const insertAsset = statement.run("managedLoginBrandings.insertAsset", (db, p: Slots<ManagedLoginAssetsTable>) =>
  db
    .insertInto("managed_login_assets")
    .values(columns(p, ["branding_id", "position", "resource_id", "category", "color_mode", "extension", "bytes"])),
);

const deleteAssets = statement.run("managedLoginBrandings.deleteAssets", (db, p: Slots<{ brandingId: string }>) =>
  db.deleteFrom("managed_login_assets").where("branding_id", "=", p.brandingId),
);

const deleteAssetsOfPool = statement.run(
  "managedLoginBrandings.deleteAssetsOfPool",
  (db, p: Slots<{ poolId: string }>) =>
    db
      .deleteFrom("managed_login_assets")
      .where("branding_id", "in", (eb) =>
        eb
          .selectFrom("managed_login_brandings")
          .select("managed_login_brandings.branding_id")
          .where("managed_login_brandings.pool_id", "=", p.poolId),
      ),
);

/** How managed login looks for a client; a client has one at most. */
export const managedLoginBrandings = {
  find(tx: Tx, brandingId: string): Promise<ManagedLoginBrandingRow | undefined> {
    return selectById(tx, { brandingId });
  },

  findByClient(tx: Tx, clientId: string): Promise<ManagedLoginBrandingRow | undefined> {
    return selectByClient(tx, { clientId });
  },

  async count(tx: Tx, poolId: string): Promise<number> {
    return (await countRows(tx, { poolId }))?.total ?? 0;
  },

  /** In the order in which they were given. */
  listAssets(tx: Tx, brandingId: string): Promise<ManagedLoginAssetRow[]> {
    return selectAssets(tx, { brandingId });
  },

  /** Which images there are, without their bytes. */
  listPlaces(tx: Tx, brandingId: string): Promise<ManagedLoginAssetPlace[]> {
    return selectPlaces(tx, { brandingId });
  },

  /** There is one at most for each place and color mode. */
  findAsset(
    tx: Tx,
    brandingId: string,
    place: Pick<ManagedLoginAssetPlace, "category" | "color_mode">,
  ): Promise<ManagedLoginAssetRow | undefined> {
    return selectAsset(tx, { brandingId, category: place.category, colorMode: place.color_mode });
  },

  async insert(tx: Tx, branding: ManagedLoginBrandingRow): Promise<void> {
    await insertRow(tx, branding);
  },

  async update(tx: Tx, branding: ManagedLoginBrandingRow): Promise<void> {
    await updateRow(tx, branding);
  },

  /** In place of those before. */
  async setAssets(tx: Tx, brandingId: string, assets: readonly ManagedLoginAssetRow[]): Promise<void> {
    await deleteAssets(tx, { brandingId });
    for (const [position, asset] of assets.entries()) {
      await insertAsset(tx, { ...asset, branding_id: brandingId, position });
    }
  },

  async delete(tx: Tx, brandingId: string): Promise<void> {
    await deleteAssets(tx, { brandingId });
    await deleteRow(tx, { brandingId });
  },

  async deleteOfClient(tx: Tx, clientId: string): Promise<void> {
    const found = await selectByClient(tx, { clientId });
    if (found !== undefined) await this.delete(tx, found.branding_id);
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteAssetsOfPool(tx, { poolId });
    await deleteRowsOfPool(tx, { poolId });
  },
};
