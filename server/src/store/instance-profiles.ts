import { accountTotals } from "./account-totals.ts";
import { endOfPrefix, nameKey } from "./keys.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { InstanceProfilesTable } from "./tables.ts";
import { readTags, type Tag, writeTags } from "./tags.ts";

export interface InstanceProfileRow extends Omit<InstanceProfilesTable, "tags_json"> {
  readonly tags: readonly Tag[];
}

const selectByName = statement.first("instanceProfiles.find", (db, p: Slots<{ accountId: string; nameKey: string }>) =>
  db
    .selectFrom("instance_profiles")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("name_key", "=", p.nameKey),
);

type Page = Slots<{ accountId: string; pathFrom: string; pathTo: string; after: string; limit: number }>;

const selectPage = statement.all("instanceProfiles.list", (db, p: Page) =>
  db
    .selectFrom("instance_profiles")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("name_key", ">", p.after)
    .where("path", ">=", p.pathFrom)
    .where("path", "<", p.pathTo)
    .orderBy("name_key")
    .limit(p.limit),
);

const selectOfRole = statement.all(
  "instanceProfiles.listOfRole",
  (db, p: Slots<{ roleId: string; after: string; limit: number }>) =>
    db
      .selectFrom("instance_profiles")
      .selectAll()
      .where("role_id", "=", p.roleId)
      .where("name_key", ">", p.after)
      .orderBy("name_key")
      .limit(p.limit),
);

const countRows = statement.first("instanceProfiles.countOfRole", (db, p: Slots<{ roleId: string }>) =>
  db
    .selectFrom("instance_profiles")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("role_id", "=", p.roleId),
);

const insertRow = statement.run("instanceProfiles.insert", (db, p: Slots<InstanceProfilesTable>) =>
  db
    .insertInto("instance_profiles")
    .values(
      columns(p, [
        "account_id",
        "name_key",
        "instance_profile_name",
        "instance_profile_id",
        "path",
        "created_at",
        "tags_json",
        "role_id",
      ]),
    ),
);

const updateTags = statement.run("instanceProfiles.setTags", (db, p: Slots<{ profileId: string; json: string }>) =>
  db.updateTable("instance_profiles").set({ tags_json: p.json }).where("instance_profile_id", "=", p.profileId),
);

const updateRole = statement.run(
  "instanceProfiles.setRole",
  (db, p: Slots<{ profileId: string; roleId: string | null }>) =>
    db.updateTable("instance_profiles").set({ role_id: p.roleId }).where("instance_profile_id", "=", p.profileId),
);

const deleteRow = statement.run("instanceProfiles.delete", (db, p: Slots<{ profileId: string }>) =>
  db.deleteFrom("instance_profiles").where("instance_profile_id", "=", p.profileId),
);

export const instanceProfiles = {
  /** By name, whatever its case. */
  async find(tx: Tx, accountId: string, name: string): Promise<InstanceProfileRow | undefined> {
    const row = await selectByName(tx, { accountId, nameKey: nameKey(name) });
    return row === undefined ? undefined : known(row);
  },

  /** In the order of their names, after the name key `after`; `""` starts. */
  async list(
    tx: Tx,
    accountId: string,
    pathPrefix: string,
    after: string,
    limit: number,
  ): Promise<InstanceProfileRow[]> {
    const page = { accountId, pathFrom: pathPrefix, pathTo: endOfPrefix(pathPrefix), after, limit };
    return (await selectPage(tx, page)).map(known);
  },

  /** Those that hold a role, in the order of their names. */
  async listOfRole(tx: Tx, roleId: string, after: string, limit: number): Promise<InstanceProfileRow[]> {
    return (await selectOfRole(tx, { roleId, after, limit })).map(known);
  },

  async countOfRole(tx: Tx, roleId: string): Promise<number> {
    return (await countRows(tx, { roleId }))?.total ?? 0;
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "instance_profiles");
  },

  async insert(tx: Tx, profile: Omit<InstanceProfileRow, "name_key">): Promise<void> {
    const { tags, ...row } = profile;
    await insertRow(tx, { ...row, name_key: nameKey(profile.instance_profile_name), tags_json: writeTags(tags) });
    await accountTotals.add(tx, profile.account_id, "instance_profiles", 1);
  },

  async setTags(tx: Tx, profileId: string, tags: readonly Tag[]): Promise<void> {
    await updateTags(tx, { profileId, json: writeTags(tags) });
  },

  async setRole(tx: Tx, profileId: string, roleId: string | null): Promise<void> {
    await updateRole(tx, { profileId, roleId });
  },

  async delete(tx: Tx, profile: InstanceProfileRow): Promise<void> {
    const deleted = await deleteRow(tx, { profileId: profile.instance_profile_id });
    await accountTotals.add(tx, profile.account_id, "instance_profiles", -deleted);
  },
};

function known(row: InstanceProfilesTable): InstanceProfileRow {
  const { tags_json, ...rest } = row;
  return { ...rest, tags: readTags(tags_json) };
}
