import { accountTotals } from "./account-totals.ts";
import { nameKey } from "./keys.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { SamlProviderKeysTable, SamlProvidersTable } from "./tables.ts";
import { readTags, type Tag, writeTags } from "./tags.ts";

/** What a provider's metadata makes believable. */
export interface TrustedOfProvider {
  readonly entityIds: readonly string[];
  /** PEM. */
  readonly signingCertificates: readonly string[];
}

export interface SamlProviderRow extends Omit<SamlProvidersTable, "tags_json" | "trusted_json" | "metadata"> {
  readonly tags: readonly Tag[];
  readonly trusted: TrustedOfProvider;
}

/** What a list shows. */
export type ListedSamlProvider = Pick<SamlProvidersTable, "name_key" | "provider_name" | "created_at" | "valid_until">;

export interface TrustedSamlProvider extends Pick<SamlProvidersTable, "account_id" | "name_key" | "provider_name"> {
  readonly trusted: TrustedOfProvider;
}

export type SamlProviderKeyRow = SamlProviderKeysTable;

type Name = Slots<{ accountId: string; nameKey: string }>;

const selectByName = statement.first("samlProviders.find", (db, p: Name) =>
  db
    .selectFrom("saml_providers")
    .select([
      "account_id",
      "name_key",
      "provider_name",
      "provider_id",
      "created_at",
      "valid_until",
      "trusted_json",
      "encryption_mode",
      "tags_json",
    ])
    .where("account_id", "=", p.accountId)
    .where("name_key", "=", p.nameKey),
);

const selectMetadata = statement.first("samlProviders.findMetadata", (db, p: Slots<{ providerId: string }>) =>
  db.selectFrom("saml_providers").select("metadata").where("provider_id", "=", p.providerId),
);

type Page = Slots<{ accountId: string; after: string; limit: number }>;

const selectPage = statement.all("samlProviders.list", (db, p: Page) =>
  db
    .selectFrom("saml_providers")
    .select(["name_key", "provider_name", "created_at", "valid_until"])
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .orderBy("name_key")
    .limit(p.limit),
);

const selectTrusted = statement.all("samlProviders.listTrusted", (db, p: Page) =>
  db
    .selectFrom("saml_providers")
    .select(["account_id", "name_key", "provider_name", "trusted_json"])
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .orderBy("name_key")
    .limit(p.limit),
);

const insertRow = statement.run("samlProviders.insert", (db, p: Slots<SamlProvidersTable>) =>
  db
    .insertInto("saml_providers")
    .values(
      columns(p, [
        "account_id",
        "name_key",
        "provider_name",
        "provider_id",
        "created_at",
        "valid_until",
        "metadata",
        "trusted_json",
        "encryption_mode",
        "tags_json",
      ]),
    ),
);

type Metadata = Slots<{ providerId: string; metadata: string; trustedJson: string; validUntil: number }>;

const updateMetadata = statement.run("samlProviders.setMetadata", (db, p: Metadata) =>
  db
    .updateTable("saml_providers")
    .set({ metadata: p.metadata, trusted_json: p.trustedJson, valid_until: p.validUntil })
    .where("provider_id", "=", p.providerId),
);

const updateMode = statement.run("samlProviders.setMode", (db, p: Slots<{ providerId: string; mode: string }>) =>
  db.updateTable("saml_providers").set({ encryption_mode: p.mode }).where("provider_id", "=", p.providerId),
);

const updateTags = statement.run("samlProviders.setTags", (db, p: Slots<{ providerId: string; json: string }>) =>
  db.updateTable("saml_providers").set({ tags_json: p.json }).where("provider_id", "=", p.providerId),
);

const deleteRow = statement.run("samlProviders.delete", (db, p: Slots<{ providerId: string }>) =>
  db.deleteFrom("saml_providers").where("provider_id", "=", p.providerId),
);

const selectKeys = statement.all("samlProviders.listKeys", (db, p: Slots<{ providerId: string }>) =>
  db.selectFrom("saml_provider_keys").selectAll().where("provider_id", "=", p.providerId).orderBy("position"),
);

const insertKeyRow = statement.run("samlProviders.insertKey", (db, p: Slots<SamlProviderKeysTable>) =>
  db
    .insertInto("saml_provider_keys")
    .values(columns(p, ["provider_id", "key_id", "private_key_sealed", "created_at", "position"])),
);

const deleteKeyRow = statement.run(
  "samlProviders.deleteKey",
  (db, p: Slots<{ providerId: string; position: number }>) =>
    db.deleteFrom("saml_provider_keys").where("provider_id", "=", p.providerId).where("position", "=", p.position),
);

const deleteKeys = statement.run("samlProviders.deleteKeys", (db, p: Slots<{ providerId: string }>) =>
  db.deleteFrom("saml_provider_keys").where("provider_id", "=", p.providerId),
);

export const samlProviders = {
  /** By name, whatever its case. */
  async find(tx: Tx, accountId: string, name: string): Promise<SamlProviderRow | undefined> {
    const row = await selectByName(tx, { accountId, nameKey: nameKey(name) });
    if (row === undefined) return undefined;
    const { tags_json, trusted_json, ...rest } = row;
    const trusted = JSON.parse(trusted_json) as TrustedOfProvider; // written below
    return { ...rest, tags: readTags(tags_json), trusted };
  },

  /** Apart from the rest, since it can be ten million characters long. */
  async findMetadata(tx: Tx, providerId: string): Promise<string | undefined> {
    return (await selectMetadata(tx, { providerId }))?.metadata;
  },

  /** In the order of their names, after the name key `after`; `""` starts. */
  list(tx: Tx, accountId: string, after: string, limit: number): Promise<ListedSamlProvider[]> {
    return selectPage(tx, { accountId, after, limit });
  },

  /** What their metadata says, in the same order. */
  async listTrusted(tx: Tx, accountId: string, after: string, limit: number): Promise<TrustedSamlProvider[]> {
    const rows = await selectTrusted(tx, { accountId, after, limit });
    return rows.map(({ trusted_json, ...row }) => ({
      ...row,
      trusted: JSON.parse(trusted_json) as TrustedOfProvider, // written below
    }));
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "saml_providers");
  },

  async insert(tx: Tx, provider: Omit<SamlProviderRow, "name_key">, metadata: string): Promise<void> {
    const { tags, trusted, ...row } = provider;
    await insertRow(tx, {
      ...row,
      metadata,
      name_key: nameKey(provider.provider_name),
      trusted_json: JSON.stringify(trusted),
      tags_json: writeTags(tags),
    });
    await accountTotals.add(tx, provider.account_id, "saml_providers", 1);
  },

  async setMetadata(
    tx: Tx,
    providerId: string,
    metadata: string,
    trusted: TrustedOfProvider,
    validUntil: number,
  ): Promise<void> {
    await updateMetadata(tx, { providerId, metadata, trustedJson: JSON.stringify(trusted), validUntil });
  },

  async setMode(tx: Tx, providerId: string, mode: string): Promise<void> {
    await updateMode(tx, { providerId, mode });
  },

  async setTags(tx: Tx, providerId: string, tags: readonly Tag[]): Promise<void> {
    await updateTags(tx, { providerId, json: writeTags(tags) });
  },

  /** With its keys. `provider` is the row as this transaction found it. */
  async delete(tx: Tx, provider: Pick<SamlProviderRow, "account_id" | "provider_id">): Promise<void> {
    const providerId = provider.provider_id;
    await deleteKeys(tx, { providerId });
    const deleted = await deleteRow(tx, { providerId });
    await accountTotals.add(tx, provider.account_id, "saml_providers", -deleted);
  },

  /** In the order in which they were added; two at most. */
  listKeys(tx: Tx, providerId: string): Promise<SamlProviderKeyRow[]> {
    return selectKeys(tx, { providerId });
  },

  async insertKey(tx: Tx, key: SamlProviderKeyRow): Promise<void> {
    await insertKeyRow(tx, key);
  },

  async deleteKey(tx: Tx, key: Pick<SamlProviderKeyRow, "provider_id" | "position">): Promise<void> {
    await deleteKeyRow(tx, { providerId: key.provider_id, position: key.position });
  },
};
