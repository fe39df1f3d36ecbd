import { accountTotals } from "./account-totals.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { OidcProvidersTable } from "./tables.ts";
import { readTags, type Tag, writeTags } from "./tags.ts";

export interface OidcProviderRow
  extends Omit<OidcProvidersTable, "tags_json" | "client_ids_json" | "thumbprints_json"> {
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly tags: readonly Tag[];
}

type Key = Slots<{ accountId: string; url: string }>;

const selectByUrl = statement.first("oidcProviders.find", (db, p: Key) =>
  db.selectFrom("oidc_providers").selectAll().where("account_id", "=", p.accountId).where("url", "=", p.url),
);

type Page = Slots<{ accountId: string; after: string; limit: number }>;

const selectPage = statement.all("oidcProviders.list", (db, p: Page) =>
  db
    .selectFrom("oidc_providers")
    .select("url")
    .where("account_id", "=", p.accountId)
    .where("url", ">", p.after)
    .orderBy("url")
    .limit(p.limit),
);

const insertRow = statement.run("oidcProviders.insert", (db, p: Slots<OidcProvidersTable>) =>
  db
    .insertInto("oidc_providers")
    .values(columns(p, ["account_id", "url", "created_at", "client_ids_json", "thumbprints_json", "tags_json"])),
);

const updateClientIds = statement.run("oidcProviders.setClientIds", (db, p: Key & Slots<{ json: string }>) =>
  db
    .updateTable("oidc_providers")
    .set({ client_ids_json: p.json })
    .where("account_id", "=", p.accountId)
    .where("url", "=", p.url),
);

const updateThumbprints = statement.run("oidcProviders.setThumbprints", (db, p: Key & Slots<{ json: string }>) =>
  db
    .updateTable("oidc_providers")
    .set({ thumbprints_json: p.json })
    .where("account_id", "=", p.accountId)
    .where("url", "=", p.url),
);

const updateTags = statement.run("oidcProviders.setTags", (db, p: Key & Slots<{ json: string }>) =>
  db
    .updateTable("oidc_providers")
    .set({ tags_json: p.json })
    .where("account_id", "=", p.accountId)
    .where("url", "=", p.url),
);

const deleteRow = statement.run("oidcProviders.delete", (db, p: Key) =>
  db.deleteFrom("oidc_providers").where("account_id", "=", p.accountId).where("url", "=", p.url),
);

type Owner = Pick<OidcProviderRow, "account_id" | "url">;

function keyOf({ account_id, url }: Owner): Key {
  return { accountId: account_id, url };
}

/** URLs are without their scheme, and exact. */
export const oidcProviders = {
  async find(tx: Tx, accountId: string, url: string): Promise<OidcProviderRow | undefined> {
    const row = await selectByUrl(tx, { accountId, url });
    if (row === undefined) return undefined;
    const { tags_json, client_ids_json, thumbprints_json, ...rest } = row;
    return {
      ...rest,
      clientIds: JSON.parse(client_ids_json) as string[], // written below
      thumbprints: JSON.parse(thumbprints_json) as string[], // written below
      tags: readTags(tags_json),
    };
  },

  /** In the order of their URLs, after the URL `after`; `""` starts. */
  async list(tx: Tx, accountId: string, after: string, limit: number): Promise<string[]> {
    return (await selectPage(tx, { accountId, after, limit })).map(({ url }) => url);
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "oidc_providers");
  },

  async insert(tx: Tx, provider: OidcProviderRow): Promise<void> {
    const { clientIds, thumbprints, tags, ...row } = provider;
    await insertRow(tx, {
      ...row,
      client_ids_json: JSON.stringify(clientIds),
      thumbprints_json: JSON.stringify(thumbprints),
      tags_json: writeTags(tags),
    });
    await accountTotals.add(tx, provider.account_id, "oidc_providers", 1);
  },

  async setClientIds(tx: Tx, provider: Owner, clientIds: readonly string[]): Promise<void> {
    await updateClientIds(tx, { ...keyOf(provider), json: JSON.stringify(clientIds) });
  },

  async setThumbprints(tx: Tx, provider: Owner, thumbprints: readonly string[]): Promise<void> {
    await updateThumbprints(tx, { ...keyOf(provider), json: JSON.stringify(thumbprints) });
  },

  async setTags(tx: Tx, provider: Owner, tags: readonly Tag[]): Promise<void> {
    await updateTags(tx, { ...keyOf(provider), json: writeTags(tags) });
  },

  async delete(tx: Tx, provider: Owner): Promise<void> {
    const deleted = await deleteRow(tx, keyOf(provider));
    await accountTotals.add(tx, provider.account_id, "oidc_providers", -deleted);
  },
};
