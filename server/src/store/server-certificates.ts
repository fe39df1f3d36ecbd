import { accountTotals } from "./account-totals.ts";
import { endOfPrefix, nameKey } from "./keys.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { ServerCertificatesTable } from "./tables.ts";
import { readTags, type Tag, writeTags } from "./tags.ts";

/** With neither key nor texts, which are fat: what most operations need. */
export type ListedServerCertificate = Pick<
  ServerCertificatesTable,
  "account_id" | "name_key" | "certificate_name" | "certificate_id" | "path" | "uploaded_at" | "not_after"
>;

export type ServerCertificateBody = Pick<
  ServerCertificatesTable,
  "name_key" | "certificate_name" | "path" | "not_after" | "body"
>;

export interface ServerCertificateRow extends Omit<ServerCertificatesTable, "tags_json"> {
  readonly tags: readonly Tag[];
}

const selectByName = statement.first(
  "serverCertificates.find",
  (db, p: Slots<{ accountId: string; nameKey: string }>) =>
    db
      .selectFrom("server_certificates")
      .selectAll()
      .where("account_id", "=", p.accountId)
      .where("name_key", "=", p.nameKey),
);

type Page = Slots<{ accountId: string; pathFrom: string; pathTo: string; after: string; limit: number }>;

const selectPage = statement.all("serverCertificates.list", (db, p: Page) =>
  db
    .selectFrom("server_certificates")
    .select(["account_id", "name_key", "certificate_name", "certificate_id", "path", "uploaded_at", "not_after"])
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .where("path", ">=", p.pathFrom)
    .where("path", "<", p.pathTo)
    .orderBy("name_key")
    .limit(p.limit),
);

type BodyPage = Slots<{ accountId: string; after: string; limit: number }>;

const selectBodies = statement.all("serverCertificates.listBodies", (db, p: BodyPage) =>
  db
    .selectFrom("server_certificates")
    .select(["name_key", "certificate_name", "path", "not_after", "body"])
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .orderBy("name_key")
    .limit(p.limit),
);

const insertRow = statement.run("serverCertificates.insert", (db, p: Slots<ServerCertificatesTable>) =>
  db
    .insertInto("server_certificates")
    .values(
      columns(p, [
        "account_id",
        "name_key",
        "certificate_name",
        "certificate_id",
        "path",
        "uploaded_at",
        "not_after",
        "body",
        "chain",
        "private_key_sealed",
        "tags_json",
      ]),
    ),
);

type Naming = Slots<{ certificateId: string; nameKey: string; certificateName: string; path: string }>;

const updateName = statement.run("serverCertificates.rename", (db, p: Naming) =>
  db
    .updateTable("server_certificates")
    .set({ name_key: p.nameKey, certificate_name: p.certificateName, path: p.path })
    .where("certificate_id", "=", p.certificateId),
);

const updateTags = statement.run(
  "serverCertificates.setTags",
  (db, p: Slots<{ certificateId: string; json: string }>) =>
    db.updateTable("server_certificates").set({ tags_json: p.json }).where("certificate_id", "=", p.certificateId),
);

const deleteRow = statement.run("serverCertificates.delete", (db, p: Slots<{ certificateId: string }>) =>
  db.deleteFrom("server_certificates").where("certificate_id", "=", p.certificateId),
);

export const serverCertificates = {
  /** By name, whatever its case. */
  async find(tx: Tx, accountId: string, name: string): Promise<ServerCertificateRow | undefined> {
    const row = await selectByName(tx, { accountId, nameKey: nameKey(name) });
    if (row === undefined) return undefined;
    const { tags_json, ...certificate } = row;
    return { ...certificate, tags: readTags(tags_json) };
  },

  /** In the order of their names, after the name key `after`; `""` starts. */
  list(
    tx: Tx,
    accountId: string,
    pathPrefix: string,
    after: string,
    limit: number,
  ): Promise<ListedServerCertificate[]> {
    return selectPage(tx, { accountId, pathFrom: pathPrefix, pathTo: endOfPrefix(pathPrefix), after, limit });
  },

  /** The certificates themselves, in the same order. */
  listBodies(tx: Tx, accountId: string, after: string, limit: number): Promise<ServerCertificateBody[]> {
    return selectBodies(tx, { accountId, after, limit });
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "server_certificates");
  },

  async insert(tx: Tx, certificate: Omit<ServerCertificateRow, "name_key">): Promise<void> {
    const { tags, ...row } = certificate;
    await insertRow(tx, { ...row, name_key: nameKey(row.certificate_name), tags_json: writeTags(tags) });
    await accountTotals.add(tx, row.account_id, "server_certificates", 1);
  },

  /** A new name, a new path, or both. */
  async rename(tx: Tx, certificateId: string, certificateName: string, path: string): Promise<void> {
    await updateName(tx, { certificateId, nameKey: nameKey(certificateName), certificateName, path });
  },

  async setTags(tx: Tx, certificateId: string, tags: readonly Tag[]): Promise<void> {
    await updateTags(tx, { certificateId, json: writeTags(tags) });
  },

  async delete(tx: Tx, certificate: Pick<ListedServerCertificate, "account_id" | "certificate_id">): Promise<void> {
    const deleted = await deleteRow(tx, { certificateId: certificate.certificate_id });
    await accountTotals.add(tx, certificate.account_id, "server_certificates", -deleted);
  },
};
