import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { TermsTable } from "./tables.ts";

export interface TermsRow extends Omit<TermsTable, "links_json"> {
  readonly links: Readonly<Record<string, string>>;
}

const selectById = statement.first("terms.find", (db, p: Slots<{ termsId: string }>) =>
  db.selectFrom("terms").selectAll().where("terms_id", "=", p.termsId),
);

const selectByName = statement.first("terms.findByName", (db, p: Slots<{ clientId: string; name: string }>) =>
  db.selectFrom("terms").selectAll().where("client_id", "=", p.clientId).where("name", "=", p.name),
);

type Page = Slots<{ poolId: string; after: string; limit: number }>;

const selectPage = statement.all("terms.list", (db, p: Page) =>
  db
    .selectFrom("terms")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("terms_id", ">", p.after)
    .orderBy("terms_id")
    .limit(p.limit),
);

const insertRow = statement.run("terms.insert", (db, p: Slots<TermsTable>) =>
  db
    .insertInto("terms")
    .values(
      columns(p, [
        "terms_id",
        "pool_id",
        "client_id",
        "name",
        "source",
        "enforcement",
        "links_json",
        "created_at",
        "modified_at",
      ]),
    ),
);

const updateRow = statement.run("terms.update", (db, p: Slots<TermsTable>) =>
  db
    .updateTable("terms")
    .set(columns(p, ["name", "source", "enforcement", "links_json", "modified_at"]))
    .where("terms_id", "=", p.terms_id),
);

const deleteRow = statement.run("terms.delete", (db, p: Slots<{ termsId: string }>) =>
  db.deleteFrom("terms").where("terms_id", "=", p.termsId),
);

const deleteRowsOfClient = statement.run("terms.deleteOfClient", (db, p: Slots<{ clientId: string }>) =>
  db.deleteFrom("terms").where("client_id", "=", p.clientId),
);

const deleteRowsOfPool = statement.run("terms.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("terms").where("pool_id", "=", p.poolId),
);

/** Where a client's terms of use and privacy policy are to be read. */
export const terms = {
  async find(tx: Tx, termsId: string): Promise<TermsRow | undefined> {
    const row = await selectById(tx, { termsId });
    return row && termsRow(row);
  },

  async findByName(tx: Tx, clientId: string, name: string): Promise<TermsRow | undefined> {
    const row = await selectByName(tx, { clientId, name });
    return row && termsRow(row);
  },

  /** A pool's, in the order of their ids, after `after`; `""` starts. */
  async list(tx: Tx, poolId: string, after: string, limit: number): Promise<TermsRow[]> {
    return (await selectPage(tx, { poolId, after, limit })).map(termsRow);
  },

  async insert(tx: Tx, row: TermsRow): Promise<void> {
    await insertRow(tx, stored(row));
  },

  async update(tx: Tx, row: TermsRow): Promise<void> {
    await updateRow(tx, stored(row));
  },

  async delete(tx: Tx, termsId: string): Promise<void> {
    await deleteRow(tx, { termsId });
  },

  async deleteOfClient(tx: Tx, clientId: string): Promise<void> {
    await deleteRowsOfClient(tx, { clientId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};

function stored({ links, ...row }: TermsRow): TermsTable {
  return { ...row, links_json: JSON.stringify(links) };
}

function termsRow({ links_json, ...row }: TermsTable): TermsRow {
  return { ...row, links: JSON.parse(links_json) as TermsRow["links"] }; // `stored` wrote it
}
