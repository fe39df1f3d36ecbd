import { accountTotals } from "./account-totals.ts";
import { endOfPrefix, nameKey } from "./keys.ts";
import { policyUses } from "./policy-uses.ts";
import { serviceUses } from "./service-uses.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { UsersTable } from "./tables.ts";
import { readTags, type Tag, writeTags } from "./tags.ts";

export interface UserRow extends Omit<UsersTable, "tags_json"> {
  readonly tags: readonly Tag[];
}

/** What lists give, which is all that AWS's lists show. */
export type ListedUser = Pick<UsersTable, "account_id" | "name_key" | "user_name" | "user_id" | "path" | "created_at">;

const selectByName = statement.first("users.find", (db, p: Slots<{ accountId: string; nameKey: string }>) =>
  db.selectFrom("users").selectAll().where("account_id", "=", p.accountId).where("name_key", "=", p.nameKey),
);

const selectById = statement.first("users.findById", (db, p: Slots<{ userId: string }>) =>
  db.selectFrom("users").selectAll().where("user_id", "=", p.userId),
);

type Page = Slots<{ accountId: string; pathFrom: string; pathTo: string; after: string; limit: number }>;

const selectPage = statement.all("users.list", (db, p: Page) =>
  db
    .selectFrom("users")
    .select(["account_id", "name_key", "user_name", "user_id", "path", "created_at"])
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .where("path", ">=", p.pathFrom)
    .where("path", "<", p.pathTo)
    .orderBy("name_key")
    .limit(p.limit),
);

type BoundaryPage = Slots<{ accountId: string; policyId: string; after: string; limit: number }>;

const selectBoundaryPage = statement.all("users.listByBoundary", (db, p: BoundaryPage) =>
  db
    .selectFrom("users")
    .select(["account_id", "name_key", "user_name", "user_id", "path", "created_at"])
    .where("permissions_boundary_policy_id", "=", p.policyId)
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .orderBy("name_key")
    .limit(p.limit),
);

const insertRow = statement.run("users.insert", (db, p: Slots<UsersTable>) =>
  db
    .insertInto("users")
    .values(
      columns(p, [
        "account_id",
        "name_key",
        "user_name",
        "user_id",
        "path",
        "created_at",
        "tags_json",
        "permissions_boundary_arn",
        "permissions_boundary_policy_id",
      ]),
    ),
);

type Naming = Slots<{ userId: string; nameKey: string; userName: string; path: string }>;

const updateName = statement.run("users.rename", (db, p: Naming) =>
  db
    .updateTable("users")
    .set({ name_key: p.nameKey, user_name: p.userName, path: p.path })
    .where("user_id", "=", p.userId),
);

const updateTags = statement.run("users.setTags", (db, p: Slots<{ userId: string; json: string }>) =>
  db.updateTable("users").set({ tags_json: p.json }).where("user_id", "=", p.userId),
);

type Bounding = Slots<{ userId: string; arn: string | null; policyId: string | null }>;

const updateBoundary = statement.run("users.setPermissionsBoundary", (db, p: Bounding) =>
  db
    .updateTable("users")
    .set({ permissions_boundary_arn: p.arn, permissions_boundary_policy_id: p.policyId })
    .where("user_id", "=", p.userId),
);

const deleteRow = statement.run("users.delete", (db, p: Slots<{ userId: string }>) =>
  db.deleteFrom("users").where("user_id", "=", p.userId),
);

export const users = {
  /** By name, whatever its case. */
  async find(tx: Tx, accountId: string, userName: string): Promise<UserRow | undefined> {
    return userRow(await selectByName(tx, { accountId, nameKey: nameKey(userName) }));
  },

  async findById(tx: Tx, userId: string): Promise<UserRow | undefined> {
    return userRow(await selectById(tx, { userId }));
  },

  /** In the order of their names, after the name key `after`; `""` starts. */
  list(tx: Tx, accountId: string, pathPrefix: string, after: string, limit: number): Promise<ListedUser[]> {
    return selectPage(tx, { accountId, pathFrom: pathPrefix, pathTo: endOfPrefix(pathPrefix), after, limit });
  },

  /** The account's users that a policy bounds, in the order of their names. */
  listByBoundary(tx: Tx, accountId: string, policyId: string, after: string, limit: number): Promise<ListedUser[]> {
    return selectBoundaryPage(tx, { accountId, policyId, after, limit });
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "users");
  },

  async insert(tx: Tx, user: Omit<UserRow, "name_key">): Promise<void> {
    const { tags, ...row } = user;
    await insertRow(tx, { ...row, name_key: nameKey(user.user_name), tags_json: writeTags(tags) });
    await accountTotals.add(tx, user.account_id, "users", 1);
    if (user.permissions_boundary_policy_id !== null) {
      await policyUses.add(tx, user.account_id, user.permissions_boundary_policy_id, { boundaries: 1 });
    }
  },

  /** A new name, a new path, or both. */
  async rename(tx: Tx, userId: string, userName: string, path: string): Promise<void> {
    await updateName(tx, { userId, nameKey: nameKey(userName), userName, path });
  },

  async setTags(tx: Tx, userId: string, tags: readonly Tag[]): Promise<void> {
    await updateTags(tx, { userId, json: writeTags(tags) });
  },

  /** `user` is the row as this transaction found it. */
  async setPermissionsBoundary(
    tx: Tx,
    user: UserRow,
    boundary: { readonly arn: string; readonly policyId: string } | null,
  ): Promise<void> {
    const { account_id, user_id, permissions_boundary_policy_id: before } = user;
    await updateBoundary(tx, { userId: user_id, arn: boundary?.arn ?? null, policyId: boundary?.policyId ?? null });
    if (before !== null) await policyUses.add(tx, account_id, before, { boundaries: -1 });
    if (boundary !== null) await policyUses.add(tx, account_id, boundary.policyId, { boundaries: 1 });
  },

  /** `user` is the row as this transaction found it. What hangs on the user must be gone before. */
  async delete(tx: Tx, user: UserRow): Promise<void> {
    const deleted = await deleteRow(tx, { userId: user.user_id });
    await accountTotals.add(tx, user.account_id, "users", -deleted);
    await serviceUses.delete(tx, user.user_id);
    if (deleted > 0 && user.permissions_boundary_policy_id !== null) {
      await policyUses.add(tx, user.account_id, user.permissions_boundary_policy_id, { boundaries: -1 });
    }
  },
};

function userRow(row: UsersTable | undefined): UserRow | undefined {
  if (row === undefined) return undefined;
  // Every request on a user comes by here, and leaving a column out by a rest pattern takes as long as reading the row.
  return {
    account_id: row.account_id,
    name_key: row.name_key,
    user_name: row.user_name,
    user_id: row.user_id,
    path: row.path,
    created_at: row.created_at,
    permissions_boundary_arn: row.permissions_boundary_arn,
    permissions_boundary_policy_id: row.permissions_boundary_policy_id,
    tags: readTags(row.tags_json),
  };
}
