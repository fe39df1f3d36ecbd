import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { RoleSourcesTable } from "./tables.ts";

export type RoleSourceRow = RoleSourcesTable;

const select = statement.first("roleSources.find", (db, p: Slots<{ roleId: string }>) =>
  db.selectFrom("role_sources").selectAll().where("role_id", "=", p.roleId),
);

const insertRow = statement.run("roleSources.insert", (db, p: Slots<RoleSourcesTable>) =>
  db
    .insertInto("role_sources")
    .values(columns(p, ["role_id", "template_arn", "template_minor_version", "parameters_json"])),
);

const deleteRow = statement.run("roleSources.delete", (db, p: Slots<{ roleId: string }>) =>
  db.deleteFrom("role_sources").where("role_id", "=", p.roleId),
);

/** The template that a role was made from. Roles that were written by hand have none. */
export const roleSources = {
  find(tx: Tx, roleId: string): Promise<RoleSourceRow | undefined> {
    return select(tx, { roleId });
  },

  async insert(tx: Tx, source: RoleSourceRow): Promise<void> {
    await insertRow(tx, source);
  },

  async delete(tx: Tx, roleId: string): Promise<void> {
    await deleteRow(tx, { roleId });
  },
};
