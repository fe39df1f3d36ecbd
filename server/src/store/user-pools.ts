import { appClients } from "./app-clients.ts";
import { identityProviders } from "./identity-providers.ts";
import { managedLoginBrandings } from "./managed-login-brandings.ts";
import { outbox } from "./outbox.ts";
import { poolDomains } from "./pool-domains.ts";
import { poolProperties } from "./pool-properties.ts";
import { poolReplicas } from "./pool-replicas.ts";
import { poolSessions } from "./pool-sessions.ts";
import { poolTokenKeys } from "./pool-token-keys.ts";
import { poolUserCodes } from "./pool-user-codes.ts";
import { poolUsers } from "./pool-users.ts";
import { resourceServers } from "./resource-servers.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { UserPoolsTable } from "./tables.ts";
import { terms } from "./terms.ts";
import { uiCustomizations } from "./ui-customizations.ts";
import { userImportJobs } from "./user-import-jobs.ts";
import { userPoolKeys } from "./user-pool-keys.ts";

export type PoolTags = Readonly<Record<string, string>>;

export interface UserPoolRow extends Omit<UserPoolsTable, "tags_json"> {
  readonly tags: PoolTags;
}

const selectById = statement.first("userPools.find", (db, p: Slots<{ poolId: string }>) =>
  db.selectFrom("user_pools").selectAll().where("pool_id", "=", p.poolId),
);

type Page = Slots<{ accountId: string; region: string; after: string; limit: number }>;

const selectPage = statement.all("userPools.list", (db, p: Page) =>
  db
    .selectFrom("user_pools")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("region", "=", p.region)
    .where("pool_id", ">", p.after)
    .orderBy("pool_id")
    .limit(p.limit),
);

type AccountPage = Slots<{ accountId: string; region: string; after: string; limit: number }>;

const selectOfAccount = statement.all("userPools.listOfAccount", (db, p: AccountPage) =>
  db
    .selectFrom("user_pools")
    .select(["account_id", "region", "pool_id"])
    .where("account_id", "=", p.accountId)
    .where((eb) => eb(eb.refTuple("region", "pool_id"), ">", eb.tuple(p.region, p.after)))
    .orderBy("region")
    .orderBy("pool_id")
    .limit(p.limit),
);

const countRows = statement.first("userPools.count", (db, p: Slots<{ accountId: string; region: string }>) =>
  db
    .selectFrom("user_pools")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("account_id", "=", p.accountId)
    .where("region", "=", p.region),
);

const insertRow = statement.run("userPools.insert", (db, p: Slots<UserPoolsTable>) =>
  db
    .insertInto("user_pools")
    .values(
      columns(p, [
        "pool_id",
        "account_id",
        "region",
        "name",
        "created_at",
        "modified_at",
        "configuration_json",
        "tags_json",
      ]),
    ),
);

type Change = Slots<Pick<UserPoolsTable, "pool_id" | "name" | "modified_at" | "configuration_json">>;

const updateRow = statement.run("userPools.update", (db, p: Change) =>
  db
    .updateTable("user_pools")
    .set({ name: p.name, modified_at: p.modified_at, configuration_json: p.configuration_json })
    .where("pool_id", "=", p.pool_id),
);

const updateTags = statement.run("userPools.setTags", (db, p: Slots<{ poolId: string; json: string }>) =>
  db.updateTable("user_pools").set({ tags_json: p.json }).where("pool_id", "=", p.poolId),
);

const deleteRow = statement.run("userPools.delete", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("user_pools").where("pool_id", "=", p.poolId),
);

export const userPools = {
  async find(tx: Tx, poolId: string): Promise<UserPoolRow | undefined> {
    const row = await selectById(tx, { poolId });
    return row === undefined ? undefined : poolRow(row);
  },

  /** An account's pools in a region, in the order of their ids, after the id `after`; `""` starts. */
  async list(tx: Tx, accountId: string, region: string, after: string, limit: number): Promise<UserPoolRow[]> {
    return (await selectPage(tx, { accountId, region, after, limit })).map(poolRow);
  },

  /** In every region, in the order of regions and ids, after a pool; two `""` start. */
  listOfAccount(
    tx: Tx,
    accountId: string,
    { region, pool_id: after }: Pick<UserPoolRow, "region" | "pool_id">,
    limit: number,
  ): Promise<Pick<UserPoolRow, "account_id" | "region" | "pool_id">[]> {
    return selectOfAccount(tx, { accountId, region, after, limit });
  },

  async count(tx: Tx, accountId: string, region: string): Promise<number> {
    return (await countRows(tx, { accountId, region }))?.total ?? 0;
  },

  async insert(tx: Tx, pool: UserPoolRow): Promise<void> {
    const { tags, ...row } = pool;
    await insertRow(tx, { ...row, tags_json: JSON.stringify(tags) });
  },

  async update(
    tx: Tx,
    pool: Pick<UserPoolRow, "pool_id" | "name" | "modified_at" | "configuration_json">,
  ): Promise<void> {
    await updateRow(tx, pool);
  },

  async setTags(tx: Tx, poolId: string, tags: PoolTags): Promise<void> {
    await updateTags(tx, { poolId, json: JSON.stringify(tags) });
  },

  /** With everything in it. */
  async delete(tx: Tx, poolId: string): Promise<void> {
    await poolUserCodes.deleteOfPool(tx, poolId);
    await outbox.deleteOfPool(tx, poolId);
    await poolUsers.deleteOfPool(tx, poolId);
    await poolSessions.deleteOfPool(tx, poolId);
    await poolTokenKeys.deleteOfPool(tx, poolId);
    await appClients.deleteOfPool(tx, poolId);
    await userPoolKeys.deleteOfPool(tx, poolId);
    await resourceServers.deleteOfPool(tx, poolId);
    await poolDomains.deleteOfPool(tx, poolId);
    await identityProviders.deleteOfPool(tx, poolId);
    await poolProperties.deleteOfPool(tx, poolId);
    await uiCustomizations.deleteOfPool(tx, poolId);
    await managedLoginBrandings.deleteOfPool(tx, poolId);
    await terms.deleteOfPool(tx, poolId);
    await poolReplicas.deleteOfPool(tx, poolId);
    await userImportJobs.deleteOfPool(tx, poolId);
    await deleteRow(tx, { poolId });
  },
};

function poolRow(row: UserPoolsTable): UserPoolRow {
  const { tags_json, ...rest } = row;
  return { ...rest, tags: JSON.parse(tags_json) as PoolTags }; // insert and setTags wrote it
}
