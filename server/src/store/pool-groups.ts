import { poolTotals } from "./pool-totals.ts";
import { type ListedPoolUser, listedColumns, listedPoolUserOf } from "./pool-user-row.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolGroupMembersTable, PoolGroupsTable } from "./tables.ts";

export type PoolGroupRow = PoolGroupsTable;

type One = Slots<{ poolId: string; groupName: string }>;
type Member = Slots<{ poolId: string; groupName: string; userId: string }>;
type Pool = Slots<{ poolId: string }>;
type User = Slots<{ userId: string }>;

const selectRow = statement.first("poolGroups.find", (db, p: One) =>
  db.selectFrom("pool_groups").selectAll().where("pool_id", "=", p.poolId).where("group_name", "=", p.groupName),
);

const selectPage = statement.all("poolGroups.list", (db, p: Slots<{ poolId: string; after: string; limit: number }>) =>
  db
    .selectFrom("pool_groups")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("group_name", ">", p.after)
    .orderBy("group_name")
    .limit(p.limit),
);

const insertRow = statement.run("poolGroups.insert", (db, p: Slots<PoolGroupsTable>) =>
  db
    .insertInto("pool_groups")
    .values(
      columns(p, ["pool_id", "group_name", "description", "role_arn", "precedence", "created_at", "modified_at"]),
    ),
);

const updateRow = statement.run("poolGroups.update", (db, p: Slots<PoolGroupsTable>) =>
  db
    .updateTable("pool_groups")
    .set(columns(p, ["description", "role_arn", "precedence", "modified_at"]))
    .where("pool_id", "=", p.pool_id)
    .where("group_name", "=", p.group_name),
);

const deleteRow = statement.run("poolGroups.delete", (db, p: One) =>
  db.deleteFrom("pool_groups").where("pool_id", "=", p.poolId).where("group_name", "=", p.groupName),
);

const deleteMembersOfGroup = statement.run("poolGroups.deleteMembersOfGroup", (db, p: One) =>
  db.deleteFrom("pool_group_members").where("pool_id", "=", p.poolId).where("group_name", "=", p.groupName),
);

const insertMember = statement.run("poolGroups.addMember", (db, p: Slots<PoolGroupMembersTable>) =>
  db
    .insertInto("pool_group_members")
    .values(columns(p, ["pool_id", "group_name", "user_id"]))
    .onConflict((conflict) => conflict.columns(["pool_id", "group_name", "user_id"]).doNothing()),
);

const deleteMember = statement.run("poolGroups.removeMember", (db, p: Member) =>
  db
    .deleteFrom("pool_group_members")
    .where("pool_id", "=", p.poolId)
    .where("group_name", "=", p.groupName)
    .where("user_id", "=", p.userId),
);

const selectMembers = statement.all(
  "poolGroups.listMembers",
  (db, p: Slots<{ poolId: string; groupName: string; after: string; limit: number }>) =>
    db
      .selectFrom("pool_group_members")
      .innerJoin("pool_users", "pool_users.user_id", "pool_group_members.user_id")
      .select(listedColumns.map((column) => `pool_users.${column}` as const))
      .where("pool_group_members.pool_id", "=", p.poolId)
      .where("pool_group_members.group_name", "=", p.groupName)
      .where("pool_group_members.user_id", ">", p.after)
      .orderBy("pool_group_members.user_id")
      .limit(p.limit),
);

const selectOfUser = statement.all(
  "poolGroups.listOfUser",
  (db, p: Slots<{ userId: string; after: string; limit: number }>) =>
    db
      .selectFrom("pool_group_members")
      .innerJoin("pool_groups", (join) =>
        join
          .onRef("pool_groups.pool_id", "=", "pool_group_members.pool_id")
          .onRef("pool_groups.group_name", "=", "pool_group_members.group_name"),
      )
      .selectAll("pool_groups")
      .where("pool_group_members.user_id", "=", p.userId)
      .where("pool_group_members.group_name", ">", p.after)
      .orderBy("pool_group_members.group_name")
      .limit(p.limit),
);

const countOfUser = statement.first("poolGroups.countOfUser", (db, p: User) =>
  db
    .selectFrom("pool_group_members")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("user_id", "=", p.userId),
);

const deleteMembershipsOfUser = statement.run("poolGroups.deleteOfUser", (db, p: User) =>
  db.deleteFrom("pool_group_members").where("user_id", "=", p.userId),
);

const deleteMembersOfPool = statement.run("poolGroups.deleteMembersOfPool", (db, p: Pool) =>
  db.deleteFrom("pool_group_members").where("pool_id", "=", p.poolId),
);

const deleteRowsOfPool = statement.run("poolGroups.deleteOfPool", (db, p: Pool) =>
  db.deleteFrom("pool_groups").where("pool_id", "=", p.poolId),
);

export const poolGroups = {
  find(tx: Tx, poolId: string, groupName: string): Promise<PoolGroupRow | undefined> {
    return selectRow(tx, { poolId, groupName });
  },

  /** In the order of their names; `""` starts. */
  list(tx: Tx, poolId: string, after: string, limit: number): Promise<PoolGroupRow[]> {
    return selectPage(tx, { poolId, after, limit });
  },

  count(tx: Tx, poolId: string): Promise<number> {
    return poolTotals.find(tx, poolId, "groups");
  },

  async insert(tx: Tx, group: PoolGroupRow): Promise<void> {
    await insertRow(tx, group);
    await poolTotals.add(tx, group.pool_id, "groups", group.group_name, 1);
  },

  /** All but the name. */
  async update(tx: Tx, group: PoolGroupRow): Promise<void> {
    await updateRow(tx, group);
  },

  /** Who was in it no longer is. */
  async delete(tx: Tx, { pool_id: poolId, group_name: groupName }: PoolGroupRow): Promise<void> {
    await deleteMembersOfGroup(tx, { poolId, groupName });
    if ((await deleteRow(tx, { poolId, groupName })) > 0) await poolTotals.add(tx, poolId, "groups", groupName, -1);
  },

  /** False where the user was in it already. */
  async addMember(tx: Tx, group: PoolGroupRow, userId: string): Promise<boolean> {
    const { pool_id, group_name } = group;
    return (await insertMember(tx, { pool_id, group_name, user_id: userId })) > 0;
  },

  /** False where the user was not in it. */
  async removeMember(tx: Tx, group: PoolGroupRow, userId: string): Promise<boolean> {
    return (await deleteMember(tx, { poolId: group.pool_id, groupName: group.group_name, userId })) > 0;
  },

  /** In the order of the users' ids; `""` starts. */
  async listMembers(tx: Tx, group: PoolGroupRow, after: string, limit: number): Promise<ListedPoolUser[]> {
    const rows = await selectMembers(tx, { poolId: group.pool_id, groupName: group.group_name, after, limit });
    return rows.map(listedPoolUserOf);
  },

  /** The groups of a user in the order of their names; `""` starts. */
  listOfUser(tx: Tx, userId: string, after: string, limit: number): Promise<PoolGroupRow[]> {
    return selectOfUser(tx, { userId, after, limit });
  },

  /** In how many groups a user is. */
  async countOfUser(tx: Tx, userId: string): Promise<number> {
    return (await countOfUser(tx, { userId }))?.total ?? 0;
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteMembershipsOfUser(tx, { userId });
  },

  /** Without the totals, which the pool's users have deleted. */
  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteMembersOfPool(tx, { poolId });
    await deleteRowsOfPool(tx, { poolId });
  },
};
