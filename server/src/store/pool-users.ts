import { authEvents } from "./auth-events.ts";
import { outbox } from "./outbox.ts";
import { poolGroups } from "./pool-groups.ts";
import { poolSessions } from "./pool-sessions.ts";
import { poolTotals } from "./pool-totals.ts";
import { poolUserCodes } from "./pool-user-codes.ts";
import { poolUserDevices } from "./pool-user-devices.ts";
import { poolUserIdentities } from "./pool-user-identities.ts";
import { poolUserPasskeys } from "./pool-user-passkeys.ts";
import { poolUserPasswords } from "./pool-user-passwords.ts";
import { poolUserPendingAttributes } from "./pool-user-pending-attributes.ts";
import {
  type ListedPoolUser,
  listedColumns,
  listedPoolUserOf,
  type PoolUserRow,
  poolUserOf,
  storedPoolUser,
} from "./pool-user-row.ts";
import { poolUserTotp } from "./pool-user-totp.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolUsersTable } from "./tables.ts";

export { attributesOf, type ListedPoolUser, type PoolUserRow } from "./pool-user-row.ts";

/** The attributes that lists can be filtered by. */
export const searchableAttributes = [
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
] as const;

export type SearchableAttribute = (typeof searchableAttributes)[number];

type One = Slots<{ userId: string }>;
type Pool = Slots<{ poolId: string }>;

const selectById = statement.first("poolUsers.findById", (db, p: One) =>
  db.selectFrom("pool_users").selectAll().where("user_id", "=", p.userId),
);

const selectState = statement.first("poolUsers.findState", (db, p: One) =>
  db.selectFrom("pool_users").select(["enabled", "signed_out_at"]).where("user_id", "=", p.userId),
);

const selectByName = statement.first("poolUsers.find", (db, p: Slots<{ poolId: string; usernameKey: string }>) =>
  db.selectFrom("pool_users").selectAll().where("pool_id", "=", p.poolId).where("username_key", "=", p.usernameKey),
);

const selectByAlias = statement.first("poolUsers.findByAlias", (db, p: Slots<{ poolId: string; aliasKey: string }>) =>
  db
    .selectFrom("pool_user_aliases")
    .innerJoin("pool_users", "pool_users.user_id", "pool_user_aliases.user_id")
    .selectAll("pool_users")
    .where("pool_user_aliases.pool_id", "=", p.poolId)
    .where("pool_user_aliases.alias_key", "=", p.aliasKey),
);

/** `from` and `to` bound the key that is sought: the first is in, the second is not. `after` is the last one seen. */
interface Page {
  readonly poolId: string;
  readonly from: string;
  readonly to: string;
  readonly after: string;
  readonly limit: number;
}

const selectPage = statement.all("poolUsers.list", (db, p: Slots<Page>) =>
  db
    .selectFrom("pool_users")
    .select(listedColumns)
    .where("pool_id", "=", p.poolId)
    .where("username_key", ">=", p.from)
    .where("username_key", "<", p.to)
    .where("username_key", ">", p.after)
    .orderBy("username_key")
    .limit(p.limit),
);

const selectByIds = statement.all("poolUsers.listByIds", (db, p: Slots<Page>) =>
  db
    .selectFrom("pool_users")
    .select(listedColumns)
    .where("pool_id", "=", p.poolId)
    .where("user_id", ">=", p.from)
    .where("user_id", "<", p.to)
    .where("user_id", ">", p.after)
    .orderBy("user_id")
    .limit(p.limit),
);

const selectByState = statement.all(
  "poolUsers.listByState",
  (db, p: Slots<{ poolId: string; enabled: number; status: string; after: string; limit: number }>) =>
    db
      .selectFrom("pool_users")
      .select(listedColumns)
      .where("pool_id", "=", p.poolId)
      .where("enabled", "=", p.enabled)
      .where("status", "=", p.status)
      .where("username_key", ">", p.after)
      .orderBy("username_key")
      .limit(p.limit),
);

const listedOf = listedColumns.map((column) => `pool_users.${column}` as const);

/** By value and then by id, so a page goes on after both. */
const selectByAttribute = statement.all(
  "poolUsers.listByAttribute",
  (db, p: Slots<Omit<Page, "from"> & { name: string; afterId: string }>) =>
    db
      .selectFrom("pool_user_attributes")
      .innerJoin("pool_users", "pool_users.user_id", "pool_user_attributes.user_id")
      .select(listedOf)
      .where("pool_user_attributes.pool_id", "=", p.poolId)
      .where("pool_user_attributes.name", "=", p.name)
      .where("pool_user_attributes.value", "<", p.to)
      .where((eb) =>
        eb(
          eb.refTuple("pool_user_attributes.value", "pool_user_attributes.user_id"),
          ">",
          eb.tuple(p.after, p.afterId),
        ),
      )
      .orderBy("pool_user_attributes.value")
      .orderBy("pool_user_attributes.user_id")
      .limit(p.limit),
);

const insertRow = statement.run("poolUsers.insert", (db, p: Slots<PoolUsersTable>) =>
  db
    .insertInto("pool_users")
    .values(
      columns(p, [
        "user_id",
        "pool_id",
        "username",
        "username_key",
        "status",
        "enabled",
        "created_at",
        "modified_at",
        "attributes_json",
        "password_sealed",
        "password_set_at",
        "password_expires_at",
        "mfa_json",
        "signed_out_at",
      ]),
    ),
);

const updateRow = statement.run("poolUsers.update", (db, p: Slots<PoolUsersTable>) =>
  db
    .updateTable("pool_users")
    .set(
      columns(p, [
        "status",
        "enabled",
        "modified_at",
        "attributes_json",
        "password_sealed",
        "password_set_at",
        "password_expires_at",
        "mfa_json",
        "signed_out_at",
      ]),
    )
    .where("user_id", "=", p.user_id),
);

const deleteRow = statement.run("poolUsers.delete", (db, p: One) =>
  db.deleteFrom("pool_users").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("poolUsers.deleteOfPool", (db, p: Pool) =>
  db.deleteFrom("pool_users").where("pool_id", "=", p.poolId),
);

const insertAlias = statement.run(
  "poolUsers.insertAlias",
  (db, p: Slots<{ pool_id: string; alias_key: string; user_id: string }>) =>
    db.insertInto("pool_user_aliases").values(columns(p, ["pool_id", "alias_key", "user_id"])),
);

const deleteAlias = statement.run("poolUsers.deleteAlias", (db, p: Slots<{ poolId: string; aliasKey: string }>) =>
  db.deleteFrom("pool_user_aliases").where("pool_id", "=", p.poolId).where("alias_key", "=", p.aliasKey),
);

const deleteAliases = statement.run("poolUsers.deleteAliases", (db, p: One) =>
  db.deleteFrom("pool_user_aliases").where("user_id", "=", p.userId),
);

const deleteAliasesOfPool = statement.run("poolUsers.deleteAliasesOfPool", (db, p: Pool) =>
  db.deleteFrom("pool_user_aliases").where("pool_id", "=", p.poolId),
);

const insertAttribute = statement.run(
  "poolUsers.insertAttribute",
  (db, p: Slots<{ pool_id: string; name: string; value: string; user_id: string }>) =>
    db.insertInto("pool_user_attributes").values(columns(p, ["pool_id", "name", "value", "user_id"])),
);

const deleteAttribute = statement.run(
  "poolUsers.deleteAttribute",
  (db, p: Slots<{ poolId: string; name: string; value: string; userId: string }>) =>
    db
      .deleteFrom("pool_user_attributes")
      .where("pool_id", "=", p.poolId)
      .where("name", "=", p.name)
      .where("value", "=", p.value)
      .where("user_id", "=", p.userId),
);

const deleteAttributesOfPool = statement.run("poolUsers.deleteAttributesOfPool", (db, p: Pool) =>
  db.deleteFrom("pool_user_attributes").where("pool_id", "=", p.poolId),
);

/** Sorts after every text that begins so. Texts hold no character beyond it (Unicode ends at U+10FFFF). */
const beyond = "\u{10FFFF}";

/** The bounds of all keys that begin with `prefix`, or of that one key. */
export function keysFrom(prefix: string, exact = false): { readonly from: string; readonly to: string } {
  return { from: prefix, to: exact ? `${prefix}\u0001` : prefix + beyond };
}

export const poolUsers = {
  async findById(tx: Tx, userId: string): Promise<PoolUserRow | undefined> {
    return poolUserRow(await selectById(tx, { userId }));
  },

  /** Whether, and since when, the user may have sessions. */
  async findState(tx: Tx, userId: string): Promise<Pick<PoolUserRow, "enabled" | "signed_out_at"> | undefined> {
    const found = await selectState(tx, { userId });
    return found && { enabled: found.enabled === 1, signed_out_at: found.signed_out_at };
  },

  async find(tx: Tx, poolId: string, usernameKey: string): Promise<PoolUserRow | undefined> {
    return poolUserRow(await selectByName(tx, { poolId, usernameKey }));
  },

  async findByAlias(tx: Tx, poolId: string, aliasKey: string): Promise<PoolUserRow | undefined> {
    return poolUserRow(await selectByAlias(tx, { poolId, aliasKey }));
  },

  /** In the order of their username keys, those within the bounds; `""` starts. */
  async list(tx: Tx, page: Page): Promise<ListedPoolUser[]> {
    return (await selectPage(tx, goingOn(page))).map(listedPoolUserOf);
  },

  /** In the order of their ids, those within the bounds; `""` starts. */
  async listByIds(tx: Tx, page: Page): Promise<ListedPoolUser[]> {
    return (await selectByIds(tx, goingOn(page))).map(listedPoolUserOf);
  },

  /** In the order of their username keys; `""` starts. */
  async listByState(
    tx: Tx,
    { enabled, ...page }: { poolId: string; enabled: boolean; status: string; after: string; limit: number },
  ): Promise<ListedPoolUser[]> {
    return (await selectByState(tx, { ...page, enabled: enabled ? 1 : 0 })).map(listedPoolUserOf);
  },

  /** Those with a value of this attribute within the bounds, by value and then by id; `""` and `""` start. */
  async listByAttribute(
    tx: Tx,
    name: SearchableAttribute,
    page: Page & { readonly afterId: string },
  ): Promise<ListedPoolUser[]> {
    const { from: after } = goingOn(page);
    return (await selectByAttribute(tx, { ...page, after, name })).map(listedPoolUserOf);
  },

  /** About how many: exact once nothing is being written. */
  count(tx: Tx, poolId: string): Promise<number> {
    return poolTotals.find(tx, poolId, "users");
  },

  /** Throws Conflict where the pool has a user of this name. Aliases are added apart. */
  async insert(tx: Tx, user: PoolUserRow): Promise<void> {
    await insertRow(tx, storedPoolUser(user));
    for (const name of searchableAttributes) await insertSearchable(tx, user, name);
    await poolTotals.add(tx, user.pool_id, "users", user.user_id, 1);
  },

  /** All but the name, which stays. `before` is the row as it was read. */
  async update(tx: Tx, before: PoolUserRow, user: PoolUserRow): Promise<void> {
    await updateRow(tx, storedPoolUser(user));
    for (const name of searchableAttributes) {
      if (before.attributes[name] === user.attributes[name]) continue;
      await deleteSearchable(tx, before, name);
      await insertSearchable(tx, user, name);
    }
  },

  /** With aliases and all that is kept of the user elsewhere. */
  async delete(tx: Tx, user: Pick<PoolUserRow, "user_id" | "pool_id">): Promise<void> {
    const { user_id: userId, pool_id: poolId } = user;
    const before = poolUserRow(await selectById(tx, { userId }));
    if (before === undefined) return;
    await deleteAliases(tx, { userId });
    for (const name of searchableAttributes) await deleteSearchable(tx, before, name);
    await poolGroups.deleteOfUser(tx, userId);
    await poolUserPasswords.deleteOfUser(tx, userId);
    await authEvents.deleteOfUser(tx, userId);
    await poolUserPendingAttributes.deleteOfUser(tx, userId);
    await poolUserIdentities.deleteOfUser(tx, userId);
    await poolUserTotp.deleteOfUser(tx, userId);
    await poolUserPasskeys.deleteOfUser(tx, userId);
    await poolUserDevices.deleteOfUser(tx, userId);
    await poolUserCodes.deleteOfUser(tx, userId);
    await poolSessions.deleteOfUser(tx, userId);
    await outbox.deleteOfUser(tx, poolId, userId);
    await deleteRow(tx, { userId });
    await poolTotals.add(tx, poolId, "users", userId, -1);
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteAliasesOfPool(tx, { poolId });
    await deleteAttributesOfPool(tx, { poolId });
    await poolGroups.deleteOfPool(tx, poolId);
    await poolUserPasswords.deleteOfPool(tx, poolId);
    await authEvents.deleteOfPool(tx, poolId);
    await poolUserPendingAttributes.deleteOfPool(tx, poolId);
    await poolUserIdentities.deleteOfPool(tx, poolId);
    await poolUserTotp.deleteOfPool(tx, poolId);
    await poolUserPasskeys.deleteOfPool(tx, poolId);
    await poolUserDevices.deleteOfPool(tx, poolId);
    await deleteRowsOfPool(tx, { poolId });
    await poolTotals.deleteOfPool(tx, poolId);
  },

  /** Throws Conflict where it names somebody already. */
  async insertAlias(tx: Tx, poolId: string, aliasKey: string, userId: string): Promise<void> {
    await insertAlias(tx, { pool_id: poolId, alias_key: aliasKey, user_id: userId });
  },

  async deleteAlias(tx: Tx, poolId: string, aliasKey: string): Promise<void> {
    await deleteAlias(tx, { poolId, aliasKey });
  },
};

/** Later pages begin where the last one ended: an index that is read from the first bound would be read up to there. */
function goingOn<P extends Page>(page: P): P {
  return page.after === "" ? page : { ...page, from: page.after };
}

async function insertSearchable(tx: Tx, user: PoolUserRow, name: SearchableAttribute): Promise<void> {
  const { pool_id, user_id, attributes } = user;
  const value = attributes[name];
  if (value !== undefined) await insertAttribute(tx, { pool_id, name, value, user_id });
}

/** By all that it is made of: an index by user would be one more page to write for each new user. */
async function deleteSearchable(tx: Tx, before: PoolUserRow, name: SearchableAttribute): Promise<void> {
  const { pool_id: poolId, user_id: userId, attributes } = before;
  const value = attributes[name];
  if (value !== undefined) await deleteAttribute(tx, { poolId, name, value, userId });
}

function poolUserRow(row: PoolUsersTable | undefined): PoolUserRow | undefined {
  return row && poolUserOf(row);
}
