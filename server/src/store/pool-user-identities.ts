import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolUserIdentitiesTable } from "./tables.ts";

/** Somebody, as another provider knows them. */
export interface Identity {
  readonly providerName: string;
  /** `Cognito_Subject`, or whatever else of what the provider says tells who it is. */
  readonly attributeName: string;
  readonly attributeValue: string;
}

type One = Slots<Identity & { readonly poolId: string }>;

const selectRow = statement.first("poolUserIdentities.find", (db, p: One) =>
  db
    .selectFrom("pool_user_identities")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("provider_name", "=", p.providerName)
    .where("attribute_name", "=", p.attributeName)
    .where("attribute_value", "=", p.attributeValue),
);

const selectAny = statement.first(
  "poolUserIdentities.hasAny",
  (db, p: Slots<{ readonly poolId: string; readonly providerName: string }>) =>
    db
      .selectFrom("pool_user_identities")
      .select("user_id")
      .where("pool_id", "=", p.poolId)
      .where("provider_name", "=", p.providerName)
      .limit(1),
);

const insertRow = statement.run("poolUserIdentities.insert", (db, p: Slots<PoolUserIdentitiesTable>) =>
  db
    .insertInto("pool_user_identities")
    .values(columns(p, ["pool_id", "provider_name", "attribute_name", "attribute_value", "user_id"])),
);

const deleteRow = statement.run("poolUserIdentities.delete", (db, p: One) =>
  db
    .deleteFrom("pool_user_identities")
    .where("pool_id", "=", p.poolId)
    .where("provider_name", "=", p.providerName)
    .where("attribute_name", "=", p.attributeName)
    .where("attribute_value", "=", p.attributeValue),
);

const countRows = statement.first("poolUserIdentities.countOfUser", (db, p: Slots<{ userId: string }>) =>
  db
    .selectFrom("pool_user_identities")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("user_id", "=", p.userId),
);

const deleteRows = statement.run("poolUserIdentities.deleteOfUser", (db, p: Slots<{ userId: string }>) =>
  db.deleteFrom("pool_user_identities").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("poolUserIdentities.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_user_identities").where("pool_id", "=", p.poolId),
);

/** Which pool user somebody is who signs in elsewhere. */
export const poolUserIdentities = {
  /** The user's id. */
  async find(tx: Tx, poolId: string, identity: Identity): Promise<string | undefined> {
    return (await selectRow(tx, { ...identity, poolId }))?.user_id;
  },

  /** Whether anybody's identity at this provider is linked. */
  async hasAny(tx: Tx, poolId: string, providerName: string): Promise<boolean> {
    return (await selectAny(tx, { poolId, providerName })) !== undefined;
  },

  /** Throws Conflict where it is somebody already. */
  async insert(
    tx: Tx,
    { user_id, pool_id }: { readonly user_id: string; readonly pool_id: string },
    { providerName, attributeName, attributeValue }: Identity,
  ): Promise<void> {
    await insertRow(tx, {
      pool_id,
      provider_name: providerName,
      attribute_name: attributeName,
      attribute_value: attributeValue,
      user_id,
    });
  },

  async delete(tx: Tx, poolId: string, identity: Identity): Promise<void> {
    await deleteRow(tx, { ...identity, poolId });
  },

  /** How many a user has. */
  async countOfUser(tx: Tx, userId: string): Promise<number> {
    return (await countRows(tx, { userId }))?.total ?? 0;
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteRows(tx, { userId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
