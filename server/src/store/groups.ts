import { accountTotals } from "./account-totals.ts";
import { endOfPrefix, nameKey } from "./keys.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { GroupMembersTable, GroupsTable } from "./tables.ts";
import type { ListedUser } from "./users.ts";

export type GroupRow = GroupsTable;

const selectByName = statement.first("groups.find", (db, p: Slots<{ accountId: string; nameKey: string }>) =>
  db.selectFrom("groups").selectAll().where("account_id", "=", p.accountId).where("name_key", "=", p.nameKey),
);

const selectById = statement.first("groups.findById", (db, p: Slots<{ groupId: string }>) =>
  db.selectFrom("groups").selectAll().where("group_id", "=", p.groupId),
);

type Page = Slots<{ accountId: string; pathFrom: string; pathTo: string; after: string; limit: number }>;

const selectPage = statement.all("groups.list", (db, p: Page) =>
  db
    .selectFrom("groups")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .where("path", ">=", p.pathFrom)
    .where("path", "<", p.pathTo)
    .orderBy("name_key")
    .limit(p.limit),
);

const insertRow = statement.run("groups.insert", (db, p: Slots<GroupsTable>) =>
  db
    .insertInto("groups")
    .values(columns(p, ["account_id", "name_key", "group_name", "group_id", "path", "created_at"])),
);

type Naming = Slots<{ groupId: string; nameKey: string; groupName: string; path: string }>;

const updateName = statement.run("groups.rename", (db, p: Naming) =>
  db
    .updateTable("groups")
    .set({ name_key: p.nameKey, group_name: p.groupName, path: p.path })
    .where("group_id", "=", p.groupId),
);

const deleteRow = statement.run("groups.delete", (db, p: Slots<{ groupId: string }>) =>
  db.deleteFrom("groups").where("group_id", "=", p.groupId),
);

const insertMember = statement.run("groups.addMember", (db, p: Slots<GroupMembersTable>) =>
  db
    .insertInto("group_members")
    .values(columns(p, ["account_id", "group_id", "user_id"]))
    .onConflict((conflict) => conflict.columns(["group_id", "user_id"]).doNothing()),
);

const deleteMember = statement.run("groups.removeMember", (db, p: Slots<{ groupId: string; userId: string }>) =>
  db.deleteFrom("group_members").where("group_id", "=", p.groupId).where("user_id", "=", p.userId),
);

const selectMembers = statement.all(
  "groups.listMembers",
  (db, p: Slots<{ groupId: string; after: string; limit: number }>) =>
    db
      .selectFrom("group_members")
      .innerJoin("users", "users.user_id", "group_members.user_id")
      .select([
        "users.account_id",
        "users.name_key",
        "users.user_name",
        "users.user_id",
        "users.path",
        "users.created_at",
      ])
      .where("group_members.group_id", "=", p.groupId)
      .where("group_members.user_id", ">", p.after)
      .orderBy("group_members.user_id")
      .limit(p.limit),
);

const selectOfUser = statement.all(
  "groups.listOfUser",
  (db, p: Slots<{ userId: string; after: string; limit: number }>) =>
    db
      .selectFrom("group_members")
      .innerJoin("groups", "groups.group_id", "group_members.group_id")
      .selectAll("groups")
      .where("group_members.user_id", "=", p.userId)
      .where("groups.name_key", ">", p.after)
      .orderBy("groups.name_key")
      .limit(p.limit),
);

const selectIdsOfUser = statement.all("groups.idsOfUser", (db, p: Slots<{ userId: string }>) =>
  db.selectFrom("group_members").select("group_id").where("user_id", "=", p.userId).orderBy("group_id"),
);

const countOfUser = statement.first("groups.countOfUser", (db, p: Slots<{ userId: string }>) =>
  db
    .selectFrom("group_members")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("user_id", "=", p.userId),
);

export const groups = {
  /** By name, whatever its case. */
  find(tx: Tx, accountId: string, groupName: string): Promise<GroupRow | undefined> {
    return selectByName(tx, { accountId, nameKey: nameKey(groupName) });
  },

  findById(tx: Tx, groupId: string): Promise<GroupRow | undefined> {
    return selectById(tx, { groupId });
  },

  /** In the order of their names, after the name key `after`; `""` starts. */
  list(tx: Tx, accountId: string, pathPrefix: string, after: string, limit: number): Promise<GroupRow[]> {
    return selectPage(tx, { accountId, pathFrom: pathPrefix, pathTo: endOfPrefix(pathPrefix), after, limit });
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "groups");
  },

  async insert(tx: Tx, group: Omit<GroupRow, "name_key">): Promise<void> {
    await insertRow(tx, { ...group, name_key: nameKey(group.group_name) });
    await accountTotals.add(tx, group.account_id, "groups", 1);
  },

  /** A new name, a new path, or both. */
  async rename(tx: Tx, groupId: string, groupName: string, path: string): Promise<void> {
    await updateName(tx, { groupId, nameKey: nameKey(groupName), groupName, path });
  },

  /** Its members and policies must be gone before. */
  async delete(tx: Tx, group: GroupRow): Promise<void> {
    await accountTotals.add(tx, group.account_id, "groups", -(await deleteRow(tx, { groupId: group.group_id })));
  },

  /** False where the user was a member already. */
  async addMember(tx: Tx, accountId: string, groupId: string, userId: string): Promise<boolean> {
    return (await insertMember(tx, { account_id: accountId, group_id: groupId, user_id: userId })) > 0;
  },

  /** False where the user was no member. */
  async removeMember(tx: Tx, groupId: string, userId: string): Promise<boolean> {
    return (await deleteMember(tx, { groupId, userId })) > 0;
  },

  /** In the order of the users' ids, which no renaming disturbs, after the user id `after`; `""` starts. */
  listMembers(tx: Tx, groupId: string, after: string, limit: number): Promise<ListedUser[]> {
    return selectMembers(tx, { groupId, after, limit });
  },

  /** The groups of a user in the order of their names, after the name key `after`; `""` starts. */
  listOfUser(tx: Tx, userId: string, after: string, limit: number): Promise<GroupRow[]> {
    return selectOfUser(tx, { userId, after, limit });
  },

  async idsOfUser(tx: Tx, userId: string): Promise<string[]> {
    return (await selectIdsOfUser(tx, { userId })).map((row) => row.group_id);
  },

  /** In how many groups a user is. */
  async countOfUser(tx: Tx, userId: string): Promise<number> {
    return (await countOfUser(tx, { userId }))?.total ?? 0;
  },
};
