import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolDomainsTable } from "./tables.ts";

export type PoolDomainRow = PoolDomainsTable;

const selectRow = statement.first("poolDomains.find", (db, p: Slots<{ region: string; domain: string }>) =>
  db.selectFrom("pool_domains").selectAll().where("region", "=", p.region).where("domain", "=", p.domain),
);

const selectCustom = statement.first("poolDomains.findCustom", (db, p: Slots<{ domain: string }>) =>
  db
    .selectFrom("pool_domains")
    .selectAll()
    .where("domain", "=", p.domain)
    .where("is_custom", "=", (eb) => eb.lit(1)),
);

const selectPrefix = statement.first("poolDomains.findPrefix", (db, p: Slots<{ domain: string }>) =>
  db
    .selectFrom("pool_domains")
    .selectAll()
    .where("domain", "=", p.domain)
    .where("is_custom", "=", (eb) => eb.lit(0))
    .orderBy("region")
    .limit(1),
);

const selectOfPool = statement.all("poolDomains.listOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.selectFrom("pool_domains").selectAll().where("pool_id", "=", p.poolId).orderBy("is_custom"),
);

const countCustom = statement.first("poolDomains.countCustom", (db, p: Slots<{ accountId: string; region: string }>) =>
  db
    .selectFrom("pool_domains")
    .innerJoin("user_pools", "user_pools.pool_id", "pool_domains.pool_id")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("user_pools.account_id", "=", p.accountId)
    .where("user_pools.region", "=", p.region)
    .where("pool_domains.is_custom", "=", (eb) => eb.lit(1)),
);

const insertRow = statement.run("poolDomains.insert", (db, p: Slots<PoolDomainsTable>) =>
  db
    .insertInto("pool_domains")
    .values(
      columns(p, [
        "region",
        "domain",
        "pool_id",
        "is_custom",
        "version",
        "managed_login_version",
        "distribution",
        "custom_config_json",
        "routing_json",
      ]),
    ),
);

const updateRow = statement.run("poolDomains.update", (db, p: Slots<Omit<PoolDomainsTable, "pool_id" | "is_custom">>) =>
  db
    .updateTable("pool_domains")
    .set(columns(p, ["version", "managed_login_version", "custom_config_json", "routing_json"]))
    .where("region", "=", p.region)
    .where("domain", "=", p.domain),
);

const deleteRow = statement.run("poolDomains.delete", (db, p: Slots<{ region: string; domain: string }>) =>
  db.deleteFrom("pool_domains").where("region", "=", p.region).where("domain", "=", p.domain),
);

const deleteRowsOfPool = statement.run("poolDomains.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_domains").where("pool_id", "=", p.poolId),
);

/** Where the pages of user pools are: a prefix is one pool's in a region, a domain of one's own one pool's anywhere. */
export const poolDomains = {
  /** Whichever account's. */
  find(tx: Tx, region: string, domain: string): Promise<PoolDomainRow | undefined> {
    return selectRow(tx, { region, domain });
  },

  /** In whichever region. */
  findCustom(tx: Tx, domain: string): Promise<PoolDomainRow | undefined> {
    return selectCustom(tx, { domain });
  },

  /** Of those that several regions may have, that of the first. */
  findPrefix(tx: Tx, domain: string): Promise<PoolDomainRow | undefined> {
    return selectPrefix(tx, { domain });
  },

  /** Two at most: the prefix, then the custom one. */
  listOfPool(tx: Tx, poolId: string): Promise<PoolDomainRow[]> {
    return selectOfPool(tx, { poolId });
  },

  async countCustom(tx: Tx, accountId: string, region: string): Promise<number> {
    return (await countCustom(tx, { accountId, region }))?.total ?? 0;
  },

  async insert(tx: Tx, domain: PoolDomainRow): Promise<void> {
    await insertRow(tx, domain);
  },

  async update(tx: Tx, domain: PoolDomainRow): Promise<void> {
    await updateRow(tx, domain);
  },

  async delete(tx: Tx, region: string, domain: string): Promise<void> {
    await deleteRow(tx, { region, domain });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
