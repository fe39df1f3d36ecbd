import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolUserDevicesTable } from "./tables.ts";

export interface PoolUserDeviceRow extends Omit<PoolUserDevicesTable, "is_remembered"> {
  readonly isRemembered: boolean;
}

type One = Slots<{ userId: string; deviceKey: string }>;
type Page = Slots<{ userId: string; after: string; limit: number }>;

const selectRow = statement.first("poolUserDevices.find", (db, p: One) =>
  db.selectFrom("pool_user_devices").selectAll().where("user_id", "=", p.userId).where("device_key", "=", p.deviceKey),
);

const selectPage = statement.all("poolUserDevices.list", (db, p: Page) =>
  db
    .selectFrom("pool_user_devices")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("device_key", ">", p.after)
    .orderBy("device_key")
    .limit(p.limit),
);

const selectRemembered = statement.all("poolUserDevices.listRemembered", (db, p: Page) =>
  db
    .selectFrom("pool_user_devices")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("is_remembered", "=", 1)
    .where("device_key", ">", p.after)
    .orderBy("device_key")
    .limit(p.limit),
);

const insertRow = statement.run("poolUserDevices.insert", (db, p: Slots<PoolUserDevicesTable>) =>
  db
    .insertInto("pool_user_devices")
    .values(
      columns(p, [
        "user_id",
        "device_key",
        "pool_id",
        "group_key",
        "verifier_sealed",
        "name",
        "is_remembered",
        "last_ip",
        "created_at",
        "modified_at",
        "authenticated_at",
      ]),
    ),
);

const updateRemembered = statement.run(
  "poolUserDevices.setRemembered",
  (db, p: Slots<{ userId: string; deviceKey: string; isRemembered: number; now: number }>) =>
    db
      .updateTable("pool_user_devices")
      .set({ is_remembered: p.isRemembered, modified_at: p.now })
      .where("user_id", "=", p.userId)
      .where("device_key", "=", p.deviceKey),
);

const updateUse = statement.run(
  "poolUserDevices.noteUse",
  (db, p: Slots<{ userId: string; deviceKey: string; ip: string; now: number }>) =>
    db
      .updateTable("pool_user_devices")
      .set({ last_ip: p.ip, authenticated_at: p.now })
      .where("user_id", "=", p.userId)
      .where("device_key", "=", p.deviceKey),
);

const deleteRow = statement.run("poolUserDevices.delete", (db, p: One) =>
  db.deleteFrom("pool_user_devices").where("user_id", "=", p.userId).where("device_key", "=", p.deviceKey),
);

const deleteRows = statement.run("poolUserDevices.deleteOfUser", (db, p: Slots<{ userId: string }>) =>
  db.deleteFrom("pool_user_devices").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("poolUserDevices.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("pool_user_devices").where("pool_id", "=", p.poolId),
);

function deviceOf({ is_remembered, ...row }: PoolUserDevicesTable): PoolUserDeviceRow {
  return { ...row, isRemembered: is_remembered === 1 };
}

/** The devices that pool users signed in with and confirmed. */
export const poolUserDevices = {
  async find(tx: Tx, userId: string, deviceKey: string): Promise<PoolUserDeviceRow | undefined> {
    const row = await selectRow(tx, { userId, deviceKey });
    return row && deviceOf(row);
  },

  /** In the order of their keys; `""` starts. */
  async list(tx: Tx, userId: string, after: string, limit: number): Promise<PoolUserDeviceRow[]> {
    return (await selectPage(tx, { userId, after, limit })).map(deviceOf);
  },

  async listRemembered(tx: Tx, userId: string, after: string, limit: number): Promise<PoolUserDeviceRow[]> {
    return (await selectRemembered(tx, { userId, after, limit })).map(deviceOf);
  },

  /** Throws Conflict where the user has a device of this key. */
  async insert(tx: Tx, { isRemembered, ...row }: PoolUserDeviceRow): Promise<void> {
    await insertRow(tx, { ...row, is_remembered: isRemembered ? 1 : 0 });
  },

  /** False where there is none. */
  async setRemembered(tx: Tx, userId: string, deviceKey: string, isRemembered: boolean, now: number): Promise<boolean> {
    return (await updateRemembered(tx, { userId, deviceKey, isRemembered: isRemembered ? 1 : 0, now })) > 0;
  },

  /** That it signed in. */
  async noteUse(tx: Tx, userId: string, deviceKey: string, ip: string, now: number): Promise<void> {
    await updateUse(tx, { userId, deviceKey, ip, now });
  },

  /** False where there was none. */
  async delete(tx: Tx, userId: string, deviceKey: string): Promise<boolean> {
    return (await deleteRow(tx, { userId, deviceKey })) > 0;
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteRows(tx, { userId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
