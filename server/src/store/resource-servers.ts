import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { ResourceServersTable } from "./tables.ts";

export interface ResourceServerScope {
  readonly ScopeName: string;
  readonly ScopeDescription: string;
}

export interface ResourceServerRow extends Omit<ResourceServersTable, "scopes_json"> {
  /** Undefined where none were ever given. */
  readonly scopes: readonly ResourceServerScope[] | undefined;
}

type Key = Slots<{ poolId: string; identifier: string }>;

const selectRow = statement.first("resourceServers.find", (db, p: Key) =>
  db.selectFrom("resource_servers").selectAll().where("pool_id", "=", p.poolId).where("identifier", "=", p.identifier),
);

type Page = Slots<{ poolId: string; after: string; limit: number }>;

const selectPage = statement.all("resourceServers.list", (db, p: Page) =>
  db
    .selectFrom("resource_servers")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("identifier", ">", p.after)
    .orderBy("identifier")
    .limit(p.limit),
);

const countRows = statement.first("resourceServers.count", (db, p: Slots<{ poolId: string }>) =>
  db
    .selectFrom("resource_servers")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("pool_id", "=", p.poolId),
);

const insertRow = statement.run("resourceServers.insert", (db, p: Slots<ResourceServersTable>) =>
  db.insertInto("resource_servers").values(columns(p, ["pool_id", "identifier", "name", "scopes_json"])),
);

const updateRow = statement.run("resourceServers.update", (db, p: Slots<ResourceServersTable>) =>
  db
    .updateTable("resource_servers")
    .set(columns(p, ["name", "scopes_json"]))
    .where("pool_id", "=", p.pool_id)
    .where("identifier", "=", p.identifier),
);

const deleteRow = statement.run("resourceServers.delete", (db, p: Key) =>
  db.deleteFrom("resource_servers").where("pool_id", "=", p.poolId).where("identifier", "=", p.identifier),
);

const deleteRowsOfPool = statement.run("resourceServers.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("resource_servers").where("pool_id", "=", p.poolId),
);

/** The APIs that a pool's access tokens open, with their scopes. */
export const resourceServers = {
  async find(tx: Tx, poolId: string, identifier: string): Promise<ResourceServerRow | undefined> {
    const row = await selectRow(tx, { poolId, identifier });
    return row && serverRow(row);
  },

  /** In the order of their identifiers, after `after`; `""` starts. */
  async list(tx: Tx, poolId: string, after: string, limit: number): Promise<ResourceServerRow[]> {
    return (await selectPage(tx, { poolId, after, limit })).map(serverRow);
  },

  async count(tx: Tx, poolId: string): Promise<number> {
    return (await countRows(tx, { poolId }))?.total ?? 0;
  },

  async insert(tx: Tx, server: ResourceServerRow): Promise<void> {
    await insertRow(tx, stored(server));
  },

  async update(tx: Tx, server: ResourceServerRow): Promise<void> {
    await updateRow(tx, stored(server));
  },

  async delete(tx: Tx, poolId: string, identifier: string): Promise<void> {
    await deleteRow(tx, { poolId, identifier });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};

function stored({ scopes, ...row }: ResourceServerRow): ResourceServersTable {
  return { ...row, scopes_json: scopes === undefined ? null : JSON.stringify(scopes) };
}

function serverRow({ scopes_json, ...row }: ResourceServersTable): ResourceServerRow {
  if (scopes_json === null) return { ...row, scopes: undefined };
  return { ...row, scopes: JSON.parse(scopes_json) as ResourceServerScope[] }; // `stored` wrote it
}
