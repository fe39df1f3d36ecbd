import { accountTotals } from "./account-totals.ts";
import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { MfaDevicesTable } from "./tables.ts";
import { readTags, type Tag, writeTags } from "./tags.ts";

export interface MfaDeviceRow extends Omit<MfaDevicesTable, "tags_json" | "used_steps_json"> {
  readonly tags: readonly Tag[];
  readonly usedSteps: readonly number[];
}

/** What is learnt of a device from the codes that it shows. */
export type MfaDeviceClock = Pick<MfaDeviceRow, "drift" | "last_pair_step">;
export type MfaDeviceUse = Pick<MfaDeviceRow, "usedSteps" | "attempts_window" | "attempts">;

type Key = Pick<MfaDevicesTable, "account_id" | "path_and_name">;

const selectByName = statement.first("mfaDevices.find", (db, p: Slots<{ accountId: string; pathAndName: string }>) =>
  db
    .selectFrom("mfa_devices")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("path_and_name", "=", p.pathAndName),
);

type Page = Slots<{ accountId: string; after: string; limit: number }>;

const selectPage = statement.all("mfaDevices.list", (db, p: Page) =>
  db
    .selectFrom("mfa_devices")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("path_and_name", ">", p.after)
    .orderBy("path_and_name")
    .limit(p.limit),
);

const selectAssignedPage = statement.all("mfaDevices.listAssigned", (db, p: Page) =>
  db
    .selectFrom("mfa_devices")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("owner_id", "is not", null)
    .where("path_and_name", ">", p.after)
    .orderBy("path_and_name")
    .limit(p.limit),
);

const selectUnassignedPage = statement.all("mfaDevices.listUnassigned", (db, p: Page) =>
  db
    .selectFrom("mfa_devices")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("owner_id", "is", null)
    .where("path_and_name", ">", p.after)
    .orderBy("path_and_name")
    .limit(p.limit),
);

const selectOfOwner = statement.all("mfaDevices.listOfOwner", (db, p: Slots<{ ownerId: string }>) =>
  db.selectFrom("mfa_devices").selectAll().where("owner_id", "=", p.ownerId).orderBy("path_and_name"),
);

const countOfOwner = statement.first("mfaDevices.countOfOwner", (db, p: Slots<{ ownerId: string }>) =>
  db
    .selectFrom("mfa_devices")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("owner_id", "=", p.ownerId),
);

const insertRow = statement.run("mfaDevices.insert", (db, p: Slots<MfaDevicesTable>) =>
  db
    .insertInto("mfa_devices")
    .values(
      columns(p, [
        "account_id",
        "path_and_name",
        "created_at",
        "tags_json",
        "seed_sealed",
        "owner_id",
        "enabled_at",
        "drift",
        "last_pair_step",
        "used_steps_json",
        "attempts_window",
        "attempts",
      ]),
    ),
);

type Assigning = Slots<{ accountId: string; pathAndName: string; ownerId: string | null; enabledAt: number | null }>;

const updateOwner = statement.run("mfaDevices.setOwner", (db, p: Assigning) =>
  db
    .updateTable("mfa_devices")
    .set({ owner_id: p.ownerId, enabled_at: p.enabledAt })
    .where("account_id", "=", p.accountId)
    .where("path_and_name", "=", p.pathAndName),
);

type Setting = Slots<{ accountId: string; pathAndName: string; drift: number; lastPairStep: number }>;

const updateClock = statement.run("mfaDevices.setClock", (db, p: Setting) =>
  db
    .updateTable("mfa_devices")
    .set({ drift: p.drift, last_pair_step: p.lastPairStep })
    .where("account_id", "=", p.accountId)
    .where("path_and_name", "=", p.pathAndName),
);

type Noting = Slots<{ accountId: string; pathAndName: string; json: string; window: number; attempts: number }>;

const updateUse = statement.run("mfaDevices.noteUse", (db, p: Noting) =>
  db
    .updateTable("mfa_devices")
    .set({ used_steps_json: p.json, attempts_window: p.window, attempts: p.attempts })
    .where("account_id", "=", p.accountId)
    .where("path_and_name", "=", p.pathAndName),
);

const updateTags = statement.run(
  "mfaDevices.setTags",
  (db, p: Slots<{ accountId: string; pathAndName: string; json: string }>) =>
    db
      .updateTable("mfa_devices")
      .set({ tags_json: p.json })
      .where("account_id", "=", p.accountId)
      .where("path_and_name", "=", p.pathAndName),
);

const deleteRow = statement.run("mfaDevices.delete", (db, p: Slots<{ accountId: string; pathAndName: string }>) =>
  db.deleteFrom("mfa_devices").where("account_id", "=", p.accountId).where("path_and_name", "=", p.pathAndName),
);

const pages = { any: selectPage, assigned: selectAssignedPage, unassigned: selectUnassignedPage };

/** An owner is a user's unique id, or the account id for root; it has a handful of devices at most. */
export const mfaDevices = {
  async find(tx: Tx, accountId: string, pathAndName: string): Promise<MfaDeviceRow | undefined> {
    const row = await selectByName(tx, { accountId, pathAndName });
    return row && deviceRow(row);
  },

  /** In the order of paths and names, after `after`; `""` starts. */
  async list(
    tx: Tx,
    accountId: string,
    which: keyof typeof pages,
    after: string,
    limit: number,
  ): Promise<MfaDeviceRow[]> {
    return (await pages[which](tx, { accountId, after, limit })).map(deviceRow);
  },

  async listOfOwner(tx: Tx, ownerId: string): Promise<MfaDeviceRow[]> {
    return (await selectOfOwner(tx, { ownerId })).map(deviceRow);
  },

  async countOfOwner(tx: Tx, ownerId: string): Promise<number> {
    return (await countOfOwner(tx, { ownerId }))?.total ?? 0;
  },

  count(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "mfa_devices");
  },

  /** How many are assigned. */
  countInUse(tx: Tx, accountId: string): Promise<number> {
    return accountTotals.find(tx, accountId, "mfa_devices_in_use");
  },

  /** One that nobody has yet. */
  async insert(
    tx: Tx,
    device: Pick<MfaDeviceRow, "account_id" | "path_and_name" | "created_at" | "tags" | "seed_sealed">,
  ): Promise<void> {
    const { tags, ...row } = device;
    await insertRow(tx, {
      ...row,
      tags_json: writeTags(tags),
      owner_id: null,
      enabled_at: null,
      drift: 0,
      last_pair_step: 0,
      used_steps_json: "[]",
      attempts_window: 0,
      attempts: 0,
    });
    await accountTotals.add(tx, device.account_id, "mfa_devices", 1);
  },

  /** `device` is one that nobody has, as this transaction found it. */
  async assign(tx: Tx, device: Key, ownerId: string, enabledAt: number): Promise<void> {
    const { account_id: accountId, path_and_name: pathAndName } = device;
    const changed = await updateOwner(tx, { accountId, pathAndName, ownerId, enabledAt });
    await accountTotals.add(tx, accountId, "mfa_devices_in_use", changed);
  },

  /** `device` is one that somebody has, as this transaction found it. It keeps what is known of its clock and codes. */
  async release(tx: Tx, device: Key): Promise<void> {
    const { account_id: accountId, path_and_name: pathAndName } = device;
    const changed = await updateOwner(tx, { accountId, pathAndName, ownerId: null, enabledAt: null });
    await accountTotals.add(tx, accountId, "mfa_devices_in_use", -changed);
  },

  async setClock(tx: Tx, device: Key, clock: MfaDeviceClock): Promise<void> {
    await updateClock(tx, {
      accountId: device.account_id,
      pathAndName: device.path_and_name,
      drift: clock.drift,
      lastPairStep: clock.last_pair_step,
    });
  },

  async noteUse(tx: Tx, device: Key, use: MfaDeviceUse): Promise<void> {
    await updateUse(tx, {
      accountId: device.account_id,
      pathAndName: device.path_and_name,
      json: JSON.stringify(use.usedSteps),
      window: use.attempts_window,
      attempts: use.attempts,
    });
  },

  async setTags(tx: Tx, device: Key, tags: readonly Tag[]): Promise<void> {
    await updateTags(tx, {
      accountId: device.account_id,
      pathAndName: device.path_and_name,
      json: writeTags(tags),
    });
  },

  /** `device` is one that nobody has, as this transaction found it. */
  async delete(tx: Tx, device: Key): Promise<void> {
    const { account_id: accountId, path_and_name: pathAndName } = device;
    const deleted = await deleteRow(tx, { accountId, pathAndName });
    await accountTotals.add(tx, accountId, "mfa_devices", -deleted);
  },
};

function deviceRow({ tags_json, used_steps_json, ...row }: MfaDevicesTable): MfaDeviceRow {
  return { ...row, tags: readTags(tags_json), usedSteps: JSON.parse(used_steps_json) as number[] }; // noteUse wrote it
}
