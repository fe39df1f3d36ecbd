import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { IdentityProvidersTable } from "./tables.ts";

export type StringMap = Readonly<Record<string, string>>;

export interface IdentityProviderRow
  extends Omit<IdentityProvidersTable, "attribute_mapping_json" | "acr_mapping_json" | "trusted_json"> {
  readonly attributeMapping: StringMap | undefined;
  readonly acrMapping: StringMap | undefined;
  readonly trusted: TrustedOfIdentityProvider | undefined;
}

/** What a SAML provider's metadata said when it was last read. */
export interface TrustedOfIdentityProvider {
  readonly entityId: string;
  /** PEM. */
  readonly signingCertificates: readonly string[];
  readonly singleSignOn: readonly TrustedEndpoint[];
  readonly singleLogout: readonly TrustedEndpoint[];
}

interface TrustedEndpoint {
  readonly binding: string;
  readonly location: string;
  readonly responseLocation?: string;
}

export interface IdentityProviderSummary {
  readonly provider_name: string;
  readonly provider_type: string;
  readonly created_at: number;
  readonly modified_at: number;
}

type Key = Slots<{ poolId: string; name: string }>;

const selectRow = statement.first("identityProviders.find", (db, p: Key) =>
  db.selectFrom("identity_providers").selectAll().where("pool_id", "=", p.poolId).where("provider_name", "=", p.name),
);

const selectState = statement.first("identityProviders.findState", (db, p: Key) =>
  db
    .selectFrom("identity_providers")
    .select(["created_at", "modified_at", "trusted_json"])
    .where("pool_id", "=", p.poolId)
    .where("provider_name", "=", p.name),
);

type Page = Slots<{ poolId: string; after: string; limit: number }>;

const selectPage = statement.all("identityProviders.list", (db, p: Page) =>
  db
    .selectFrom("identity_providers")
    .select(["provider_name", "provider_type", "created_at", "modified_at"])
    .where("pool_id", "=", p.poolId)
    .where("provider_name", ">", p.after)
    .orderBy("provider_name")
    .limit(p.limit),
);

const selectTrusted = statement.all("identityProviders.listTrusted", (db, p: Slots<{ poolId: string }>) =>
  db
    .selectFrom("identity_providers")
    .select(["provider_name", "trusted_json"])
    .where("pool_id", "=", p.poolId)
    .orderBy("provider_name"),
);

const countRows = statement.first("identityProviders.count", (db, p: Slots<{ poolId: string }>) =>
  db
    .selectFrom("identity_providers")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("pool_id", "=", p.poolId),
);

const insertRow = statement.run("identityProviders.insert", (db, p: Slots<IdentityProvidersTable>) =>
  db
    .insertInto("identity_providers")
    .values(
      columns(p, [
        "pool_id",
        "provider_name",
        "provider_type",
        "created_at",
        "modified_at",
        "details_sealed",
        "attribute_mapping_json",
        "acr_mapping_json",
        "trusted_json",
        "trusted_at",
      ]),
    ),
);

const updateRow = statement.run("identityProviders.update", (db, p: Slots<IdentityProvidersTable>) =>
  db
    .updateTable("identity_providers")
    .set(
      columns(p, [
        "modified_at",
        "details_sealed",
        "attribute_mapping_json",
        "acr_mapping_json",
        "trusted_json",
        "trusted_at",
      ]),
    )
    .where("pool_id", "=", p.pool_id)
    .where("provider_name", "=", p.provider_name),
);

const deleteRow = statement.run("identityProviders.delete", (db, p: Key) =>
  db.deleteFrom("identity_providers").where("pool_id", "=", p.poolId).where("provider_name", "=", p.name),
);

const deleteRowsOfPool = statement.run("identityProviders.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("identity_providers").where("pool_id", "=", p.poolId),
);

const selectIdentifier = statement.first(
  "identityProviders.findByIdentifier",
  (db, p: Slots<{ poolId: string; identifier: string }>) =>
    db
      .selectFrom("identity_provider_identifiers")
      .select("provider_name")
      .where("pool_id", "=", p.poolId)
      .where("identifier", "=", p.identifier),
);

const selectIdentifiers = statement.all("identityProviders.listIdentifiers", (db, p: Key) =>
  db
    .selectFrom("identity_provider_identifiers")
    .select("identifier")
    .where("pool_id", "=", p.poolId)
    .where("provider_name", "=", p.name)
    .orderBy("position"),
);

const insertIdentifier = statement.run(
  "identityProviders.insertIdentifier",
  (db, p: Slots<{ pool_id: string; identifier: string; provider_name: string; position: number }>) =>
    db
      .insertInto("identity_provider_identifiers")
      .values(columns(p, ["pool_id", "identifier", "provider_name", "position"])),
);

const deleteIdentifiers = statement.run("identityProviders.deleteIdentifiers", (db, p: Key) =>
  db.deleteFrom("identity_provider_identifiers").where("pool_id", "=", p.poolId).where("provider_name", "=", p.name),
);

const deleteIdentifiersOfPool = statement.run(
  "identityProviders.deleteIdentifiersOfPool",
  (db, p: Slots<{ poolId: string }>) => db.deleteFrom("identity_provider_identifiers").where("pool_id", "=", p.poolId),
);

/** Who else signs people in to a pool. */
export const identityProviders = {
  async find(tx: Tx, poolId: string, name: string): Promise<IdentityProviderRow | undefined> {
    const row = await selectRow(tx, { poolId, name });
    return row && providerRow(row);
  },

  /** Whether it is still the provider that was found, and still trusts whom it trusted. */
  async isUnchanged(tx: Tx, found: IdentityProviderRow): Promise<boolean> {
    const state = await selectState(tx, { poolId: found.pool_id, name: found.provider_name });
    return (
      state?.created_at === found.created_at &&
      state.modified_at === found.modified_at &&
      state.trusted_json === json(found.trusted)
    );
  },

  /** The name of the provider that has this identifier. */
  async findByIdentifier(tx: Tx, poolId: string, identifier: string): Promise<string | undefined> {
    return (await selectIdentifier(tx, { poolId, identifier }))?.provider_name;
  },

  /** In the order of their names, after `after`; `""` starts. */
  list(tx: Tx, poolId: string, after: string, limit: number): Promise<IdentityProviderSummary[]> {
    return selectPage(tx, { poolId, after, limit });
  },

  /** All of a pool's, in the order of their names: whom their metadata makes believable. */
  async listTrusted(
    tx: Tx,
    poolId: string,
  ): Promise<{ provider_name: string; trusted: TrustedOfIdentityProvider | undefined }[]> {
    return (await selectTrusted(tx, { poolId })).map(({ provider_name, trusted_json }) => ({
      provider_name,
      trusted: parsed<TrustedOfIdentityProvider>(trusted_json),
    }));
  },

  /** In the order in which they were given. */
  async listIdentifiers(tx: Tx, poolId: string, name: string): Promise<string[]> {
    return (await selectIdentifiers(tx, { poolId, name })).map(({ identifier }) => identifier);
  },

  async count(tx: Tx, poolId: string): Promise<number> {
    return (await countRows(tx, { poolId }))?.total ?? 0;
  },

  async insert(tx: Tx, provider: IdentityProviderRow): Promise<void> {
    await insertRow(tx, stored(provider));
  },

  async update(tx: Tx, provider: IdentityProviderRow): Promise<void> {
    await updateRow(tx, stored(provider));
  },

  /** In place of those before. */
  async setIdentifiers(tx: Tx, poolId: string, name: string, identifiers: readonly string[]): Promise<void> {
    await deleteIdentifiers(tx, { poolId, name });
    for (const [position, identifier] of identifiers.entries()) {
      await insertIdentifier(tx, { pool_id: poolId, identifier, provider_name: name, position });
    }
  },

  async delete(tx: Tx, poolId: string, name: string): Promise<void> {
    await deleteIdentifiers(tx, { poolId, name });
    await deleteRow(tx, { poolId, name });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteIdentifiersOfPool(tx, { poolId });
    await deleteRowsOfPool(tx, { poolId });
  },
};

function stored({ attributeMapping, acrMapping, trusted, ...row }: IdentityProviderRow): IdentityProvidersTable {
  return {
    ...row,
    attribute_mapping_json: json(attributeMapping),
    acr_mapping_json: json(acrMapping),
    trusted_json: json(trusted),
  };
}

function providerRow(row: IdentityProvidersTable): IdentityProviderRow {
  const { attribute_mapping_json, acr_mapping_json, trusted_json, ...rest } = row;
  // `stored` wrote each of them
  return {
    ...rest,
    attributeMapping: parsed<StringMap>(attribute_mapping_json),
    acrMapping: parsed<StringMap>(acr_mapping_json),
    trusted: keepWritten(parsed<TrustedOfIdentityProvider>(trusted_json), trusted_json),
  };
}

/** As it was read: the text of a few certificates, which every sign-in compares. */
const written = new WeakMap<object, string>();

function keepWritten<T extends object | undefined>(value: T, text: string | null): T {
  if (value !== undefined && text !== null) written.set(value, text);
  return value;
}

function json(value: object | undefined): string | null {
  return value === undefined ? null : (written.get(value) ?? JSON.stringify(value));
}

function parsed<T>(text: string | null): T | undefined {
  return text === null ? undefined : (JSON.parse(text) as T); // the caller says which one it was
}
