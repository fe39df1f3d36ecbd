import { accountTotals } from "./account-totals.ts";
import { endOfPrefix, nameKey } from "./keys.ts";
import { policyUses } from "./policy-uses.ts";
import { roleSources } from "./role-sources.ts";
import { serviceUses } from "./service-uses.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { RolesTable, RoleUsesTable } from "./tables.ts";
import { readTags, type Tag, writeTags } from "./tags.ts";

export interface RoleRow extends Omit<RolesTable, "tags_json"> {
  readonly tags: readonly Tag[];
}

export type RoleUseRow = RoleUsesTable;

const selectByName = statement.first("roles.find", (db, p: Slots<{ accountId: string; nameKey: string }>) =>
  db.selectFrom("roles").selectAll().where("account_id", "=", p.accountId).where("name_key", "=", p.nameKey),
);

const selectById = statement.first("roles.findById", (db, p: Slots<{ roleId: string }>) =>
  db.selectFrom("roles").selectAll().where("role_id", "=", p.roleId),
);

type Page = Slots<{ accountId: string; pathFrom: string; pathTo: string; after: string; limit: number }>;

const selectPage = statement.all("roles.list", (db, p: Page) =>
  db
    .selectFrom("roles")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .where("path", ">=", p.pathFrom)
    .where("path", "<", p.pathTo)
    .orderBy("name_key")
    .limit(p.limit),
);

type BoundaryPage = Slots<{ accountId: string; policyId: string; after: string; limit: number }>;

const selectBoundaryPage = statement.all("roles.listByBoundary", (db, p: BoundaryPage) =>
  db
    .selectFrom("roles")
    .selectAll()
    .where("permissions_boundary_policy_id", "=", p.policyId)
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .orderBy("name_key")
    .limit(p.limit),
);

const insertRow = statement.run("roles.insert", (db, p: Slots<RolesTable>) =>
  db
    .insertInto("roles")
    .values(
      columns(p, [
        "account_id",
        "name_key",
        "role_name",
        "role_id",
        "path",
        "created_at",
        "trust_document",
        "description",
        "max_session_duration",
        "tags_json",
        "permissions_boundary_arn",
        "permissions_boundary_policy_id",
        "service_name",
      ]),
    ),
);

type Description = Slots<{ roleId: string; description: string | null; maxSessionDuration: number }>;

const updateDescription = statement.run("roles.describe", (db, p: Description) =>
  db
    .updateTable("roles")
    .set({ description: p.description, max_session_duration: p.maxSessionDuration })
    .where("role_id", "=", p.roleId),
);

const updateTrust = statement.run("roles.setTrust", (db, p: Slots<{ roleId: string; document: string }>) =>
  db.updateTable("roles").set({ trust_document: p.document }).where("role_id", "=", p.roleId),
);

const updateTags = statement.run("roles.setTags", (db, p: Slots<{ roleId: string; json: string }>) =>
  db.updateTable("roles").set({ tags_json: p.json }).where("role_id", "=", p.roleId),
);

type Bounding = Slots<{ roleId: string; arn: string | null; policyId: string | null }>;

const updateBoundary = statement.run("roles.setPermissionsBoundary", (db, p: Bounding) =>
  db
    .updateTable("roles")
    .set({ permissions_boundary_arn: p.arn, permissions_boundary_policy_id: p.policyId })
    .where("role_id", "=", p.roleId),
);

const deleteRow = statement.run("roles.delete", (db, p: Slots<{ roleId: string }>) =>
  db.deleteFrom("roles").where("role_id", "=", p.roleId),
);

const selectUse = statement.first("roles.findUse", (db, p: Slots<{ roleId: string }>) =>
  db.selectFrom("role_uses").selectAll().where("role_id", "=", p.roleId),
);

// Notes are written behind the requests: a role deleted meanwhile must not get a row again.
const upsertUse = statement.run("roles.noteUse", (db, p: Slots<RoleUsesTable>) =>
  db
    .insertInto("role_uses")
    .columns(["role_id", "used_at", "region"])
    .expression((eb) =>
      eb
        .selectFrom("roles")
        .select((eb) => [
          "roles.role_id",
          eb.cast<number>(eb.val(p.used_at), "bigint").as("used_at"),
          eb.cast<string>(eb.val(p.region), "text").as("region"),
        ])
        .where("roles.role_id", "=", p.role_id),
    )
    .onConflict((conflict) =>
      conflict
        .column("role_id")
        .doUpdateSet((eb) => ({ used_at: eb.ref("excluded.used_at"), region: eb.ref("excluded.region") })),
    ),
);

const deleteUse = statement.run("roles.deleteUse", (db, p: Slots<{ roleId: string }>) =>
  db.deleteFrom("role_uses").where("role_id", "=", p.roleId),
);

export const roles = {
  /** By name, whatever its case. */
  async find(tx: Tx, accountId: string, roleName: string): Promise<RoleRow | undefined> {
    return roleRow(await selectByName(tx, { accountId, nameKey: nameKey(roleName) }));
  },

  async findById(tx: Tx, roleId: string): Promise<RoleRow | undefined> {
    return roleRow(await selectById(tx, { roleId }));
  },

  /** In the order of their names, after the name key `after`; `""` starts. */
  async list(tx: Tx, accountId: string, pathPrefix: string, after: string, limit: number): Promise<RoleRow[]> {
    const page = { accountId, pathFrom: pathPrefix, pathTo: endOfPrefix(pathPrefix), after, limit };
    return (await selectPage(tx, page)).map(known);
  },

  /** The account's roles that a policy bounds, in the order of their names. */
  async listByBoundary(tx: Tx, accountId: string, policyId: string, after: string, limit: number): Promise<RoleRow[]> {
    return (await selectBoundaryPage(tx, { accountId, policyId, after, limit })).map(known);
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "roles");
  },

  async insert(tx: Tx, role: Omit<RoleRow, "name_key">): Promise<void> {
    const { tags, ...row } = role;
    await insertRow(tx, { ...row, name_key: nameKey(role.role_name), tags_json: writeTags(tags) });
    await accountTotals.add(tx, role.account_id, "roles", 1);
    if (role.permissions_boundary_policy_id !== null) {
      await policyUses.add(tx, role.account_id, role.permissions_boundary_policy_id, { boundaries: 1 });
    }
  },

  async describe(tx: Tx, roleId: string, description: string | null, maxSessionDuration: number): Promise<void> {
    await updateDescription(tx, { roleId, description, maxSessionDuration });
  },

  async setTrust(tx: Tx, roleId: string, document: string): Promise<void> {
    await updateTrust(tx, { roleId, document });
  },

  async setTags(tx: Tx, roleId: string, tags: readonly Tag[]): Promise<void> {
    await updateTags(tx, { roleId, json: writeTags(tags) });
  },

  /** `role` is the row as this transaction found it. */
  async setPermissionsBoundary(
    tx: Tx,
    role: RoleRow,
    boundary: { readonly arn: string; readonly policyId: string } | null,
  ): Promise<void> {
    const { account_id, role_id, permissions_boundary_policy_id: before } = role;
    await updateBoundary(tx, { roleId: role_id, arn: boundary?.arn ?? null, policyId: boundary?.policyId ?? null });
    if (before !== null) await policyUses.add(tx, account_id, before, { boundaries: -1 });
    if (boundary !== null) await policyUses.add(tx, account_id, boundary.policyId, { boundaries: 1 });
  },

  /** `role` is the row as this transaction found it. What hangs on the role must be gone before. */
  async delete(tx: Tx, role: RoleRow): Promise<void> {
    const deleted = await deleteRow(tx, { roleId: role.role_id });
    await deleteUse(tx, { roleId: role.role_id });
    await serviceUses.delete(tx, role.role_id);
    await roleSources.delete(tx, role.role_id);
    await accountTotals.add(tx, role.account_id, "roles", -deleted);
    if (deleted > 0 && role.permissions_boundary_policy_id !== null) {
      await policyUses.add(tx, role.account_id, role.permissions_boundary_policy_id, { boundaries: -1 });
    }
  },

  /** When and where a session of the role last made a request. */
  findUse(tx: Tx, roleId: string): Promise<RoleUseRow | undefined> {
    return selectUse(tx, { roleId });
  },

  /** Nothing happens where the role is gone. */
  async noteUse(tx: Tx, use: RoleUseRow): Promise<void> {
    await upsertUse(tx, use);
  },
};

function roleRow(row: RolesTable | undefined): RoleRow | undefined {
  return row === undefined ? undefined : known(row);
}

function known(row: RolesTable): RoleRow {
  const { tags_json, ...rest } = row;
  return { ...rest, tags: readTags(tags_json) };
}
