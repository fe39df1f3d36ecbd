import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { ServiceCredentialsTable } from "./tables.ts";

export type ServiceCredentialRow = ServiceCredentialsTable;

/** With the present name of whose it is, and without the secret. */
export type ListedServiceCredential = Omit<ServiceCredentialRow, "secret_sealed"> & { readonly user_name: string };

const selectById = statement.first(
  "serviceCredentials.find",
  (db, p: Slots<{ accountId: string; credentialId: string }>) =>
    db
      .selectFrom("service_credentials")
      .selectAll()
      .where("account_id", "=", p.accountId)
      .where("credential_id", "=", p.credentialId),
);

const selectByAlias = statement.first(
  "serviceCredentials.findByAlias",
  (db, p: Slots<{ accountId: string; serviceName: string; alias: string }>) =>
    db
      .selectFrom("service_credentials")
      .select("credential_id")
      .where("account_id", "=", p.accountId)
      .where("service_name", "=", p.serviceName)
      .where("alias", "=", p.alias),
);

const selectOfUser = statement.all("serviceCredentials.listOfUser", (db, p: Slots<{ userId: string }>) =>
  db
    .selectFrom("service_credentials")
    .innerJoin("users", "users.user_id", "service_credentials.user_id")
    .select([
      "service_credentials.account_id",
      "service_credentials.credential_id",
      "service_credentials.user_id",
      "service_credentials.service_name",
      "service_credentials.alias",
      "service_credentials.status",
      "service_credentials.created_at",
      "service_credentials.expires_at",
      "users.user_name",
    ])
    .where("service_credentials.user_id", "=", p.userId)
    .orderBy("service_credentials.credential_id"),
);

const selectPage = statement.all(
  "serviceCredentials.list",
  (db, p: Slots<{ accountId: string; after: string; limit: number }>) =>
    db
      .selectFrom("service_credentials")
      .innerJoin("users", "users.user_id", "service_credentials.user_id")
      .select([
        "service_credentials.account_id",
        "service_credentials.credential_id",
        "service_credentials.user_id",
        "service_credentials.service_name",
        "service_credentials.alias",
        "service_credentials.status",
        "service_credentials.created_at",
        "service_credentials.expires_at",
        "users.user_name",
      ])
      .where("service_credentials.account_id", "=", p.accountId)
      .where("service_credentials.credential_id", ">", p.after)
      .orderBy("service_credentials.credential_id")
      .limit(p.limit),
);

const selectPageOfService = statement.all(
  "serviceCredentials.listOfService",
  (db, p: Slots<{ accountId: string; serviceName: string; after: string; limit: number }>) =>
    db
      .selectFrom("service_credentials")
      .innerJoin("users", "users.user_id", "service_credentials.user_id")
      .select([
        "service_credentials.account_id",
        "service_credentials.credential_id",
        "service_credentials.user_id",
        "service_credentials.service_name",
        "service_credentials.alias",
        "service_credentials.status",
        "service_credentials.created_at",
        "service_credentials.expires_at",
        "users.user_name",
      ])
      .where("service_credentials.account_id", "=", p.accountId)
      .where("service_credentials.service_name", "=", p.serviceName)
      .where("service_credentials.credential_id", ">", p.after)
      .orderBy("service_credentials.credential_id")
      .limit(p.limit),
);

const insertRow = statement.run("serviceCredentials.insert", (db, p: Slots<ServiceCredentialsTable>) =>
  db
    .insertInto("service_credentials")
    .values(
      columns(p, [
        "account_id",
        "credential_id",
        "user_id",
        "service_name",
        "alias",
        "secret_sealed",
        "status",
        "created_at",
        "expires_at",
      ]),
    ),
);

const updateStatus = statement.run(
  "serviceCredentials.setStatus",
  (db, p: Slots<{ accountId: string; credentialId: string; status: string }>) =>
    db
      .updateTable("service_credentials")
      .set({ status: p.status })
      .where("account_id", "=", p.accountId)
      .where("credential_id", "=", p.credentialId),
);

const updateSecret = statement.run(
  "serviceCredentials.setSecret",
  (db, p: Slots<{ accountId: string; credentialId: string; secretSealed: Uint8Array }>) =>
    db
      .updateTable("service_credentials")
      .set({ secret_sealed: p.secretSealed })
      .where("account_id", "=", p.accountId)
      .where("credential_id", "=", p.credentialId),
);

const deleteRow = statement.run(
  "serviceCredentials.delete",
  (db, p: Slots<{ accountId: string; credentialId: string }>) =>
    db
      .deleteFrom("service_credentials")
      .where("account_id", "=", p.accountId)
      .where("credential_id", "=", p.credentialId),
);

type Key = Pick<ServiceCredentialRow, "account_id" | "credential_id">;

/** A user has two at most for each of a handful of services. */
export const serviceCredentials = {
  /** Whoever in the account has it. */
  find(tx: Tx, accountId: string, credentialId: string): Promise<ServiceCredentialRow | undefined> {
    return selectById(tx, { accountId, credentialId });
  },

  async isAliasTaken(tx: Tx, accountId: string, serviceName: string, alias: string): Promise<boolean> {
    return (await selectByAlias(tx, { accountId, serviceName, alias })) !== undefined;
  },

  /** All of a user's, in the order of their ids. */
  listOfUser(tx: Tx, userId: string): Promise<ListedServiceCredential[]> {
    return selectOfUser(tx, { userId });
  },

  /** The account's, for one service or for all, in the order of their ids, after `after`; `""` starts. */
  list(
    tx: Tx,
    accountId: string,
    serviceName: string | undefined,
    after: string,
    limit: number,
  ): Promise<ListedServiceCredential[]> {
    return serviceName === undefined
      ? selectPage(tx, { accountId, after, limit })
      : selectPageOfService(tx, { accountId, serviceName, after, limit });
  },

  async insert(tx: Tx, credential: ServiceCredentialRow): Promise<void> {
    await insertRow(tx, credential);
  },

  async setStatus(tx: Tx, credential: Key, status: string): Promise<void> {
    await updateStatus(tx, { accountId: credential.account_id, credentialId: credential.credential_id, status });
  },

  async setSecret(tx: Tx, credential: Key, secretSealed: Uint8Array): Promise<void> {
    await updateSecret(tx, {
      accountId: credential.account_id,
      credentialId: credential.credential_id,
      secretSealed,
    });
  },

  async delete(tx: Tx, credential: Key): Promise<void> {
    await deleteRow(tx, { accountId: credential.account_id, credentialId: credential.credential_id });
  },
};
