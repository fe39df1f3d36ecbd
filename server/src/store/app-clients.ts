import { managedLoginBrandings } from "./managed-login-brandings.ts";
import { poolProperties } from "./pool-properties.ts";
import { poolSessions } from "./pool-sessions.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { AppClientSecretsTable, AppClientsTable } from "./tables.ts";
import { terms } from "./terms.ts";
import { uiCustomizations } from "./ui-customizations.ts";

export type AppClientRow = AppClientsTable;
export type AppClientSecretRow = AppClientSecretsTable;

const selectById = statement.first("appClients.find", (db, p: Slots<{ clientId: string }>) =>
  db.selectFrom("app_clients").selectAll().where("client_id", "=", p.clientId),
);

type Page = Slots<{ poolId: string; after: string; limit: number }>;

const selectPage = statement.all("appClients.list", (db, p: Page) =>
  db
    .selectFrom("app_clients")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("client_id", ">", p.after)
    .orderBy("client_id")
    .limit(p.limit),
);

const countRows = statement.first("appClients.count", (db, p: Slots<{ poolId: string }>) =>
  db
    .selectFrom("app_clients")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("pool_id", "=", p.poolId),
);

const insertRow = statement.run("appClients.insert", (db, p: Slots<AppClientsTable>) =>
  db
    .insertInto("app_clients")
    .values(columns(p, ["client_id", "pool_id", "name", "created_at", "modified_at", "configuration_json"])),
);

type Change = Slots<Pick<AppClientsTable, "client_id" | "name" | "modified_at" | "configuration_json">>;

const updateRow = statement.run("appClients.update", (db, p: Change) =>
  db
    .updateTable("app_clients")
    .set(columns(p, ["name", "modified_at", "configuration_json"]))
    .where("client_id", "=", p.client_id),
);

const deleteRow = statement.run("appClients.delete", (db, p: Slots<{ clientId: string }>) =>
  db.deleteFrom("app_clients").where("client_id", "=", p.clientId),
);

const deleteRowsOfPool = statement.run("appClients.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("app_clients").where("pool_id", "=", p.poolId),
);

const selectSecrets = statement.all("appClients.listSecrets", (db, p: Slots<{ clientId: string }>) =>
  db.selectFrom("app_client_secrets").selectAll().where("client_id", "=", p.clientId).orderBy("created_at"),
);

const insertSecretRow = statement.run("appClients.insertSecret", (db, p: Slots<AppClientSecretsTable>) =>
  db.insertInto("app_client_secrets").values(columns(p, ["client_id", "secret_id", "secret_sealed", "created_at"])),
);

const deleteSecretRow = statement.run(
  "appClients.deleteSecret",
  (db, p: Slots<{ clientId: string; secretId: string }>) =>
    db.deleteFrom("app_client_secrets").where("client_id", "=", p.clientId).where("secret_id", "=", p.secretId),
);

const deleteSecretRows = statement.run("appClients.deleteSecrets", (db, p: Slots<{ clientId: string }>) =>
  db.deleteFrom("app_client_secrets").where("client_id", "=", p.clientId),
);

const deleteSecretsOfPool = statement.run("appClients.deleteSecretsOfPool", (db, p: Slots<{ poolId: string }>) =>
  db
    .deleteFrom("app_client_secrets")
    .where("client_id", "in", (eb) =>
      eb.selectFrom("app_clients").select("app_clients.client_id").where("app_clients.pool_id", "=", p.poolId),
    ),
);

export const appClients = {
  find(tx: Tx, clientId: string): Promise<AppClientRow | undefined> {
    return selectById(tx, { clientId });
  },

  /** A pool's clients in the order of their ids, after the id `after`; `""` starts. */
  list(tx: Tx, poolId: string, after: string, limit: number): Promise<AppClientRow[]> {
    return selectPage(tx, { poolId, after, limit });
  },

  async count(tx: Tx, poolId: string): Promise<number> {
    return (await countRows(tx, { poolId }))?.total ?? 0;
  },

  async insert(tx: Tx, client: AppClientRow): Promise<void> {
    await insertRow(tx, client);
  },

  async update(
    tx: Tx,
    client: Pick<AppClientRow, "client_id" | "name" | "modified_at" | "configuration_json">,
  ): Promise<void> {
    await updateRow(tx, client);
  },

  /** With its secrets and everything that was set for it alone. */
  async delete(tx: Tx, clientId: string): Promise<void> {
    await poolProperties.deleteOfClient(tx, clientId);
    await poolSessions.deleteOfClient(tx, clientId);
    await uiCustomizations.deleteOfClient(tx, clientId);
    await managedLoginBrandings.deleteOfClient(tx, clientId);
    await terms.deleteOfClient(tx, clientId);
    await deleteSecretRows(tx, { clientId });
    await deleteRow(tx, { clientId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteSecretsOfPool(tx, { poolId });
    await deleteRowsOfPool(tx, { poolId });
  },

  /** The oldest first. */
  listSecrets(tx: Tx, clientId: string): Promise<AppClientSecretRow[]> {
    return selectSecrets(tx, { clientId });
  },

  /** No two of a client may have the same time. */
  async insertSecret(tx: Tx, secret: AppClientSecretRow): Promise<void> {
    await insertSecretRow(tx, secret);
  },

  /** False where there was none. */
  async deleteSecret(tx: Tx, clientId: string, secretId: string): Promise<boolean> {
    return (await deleteSecretRow(tx, { clientId, secretId })) > 0;
  },
};
