import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { PoolSessionsTable } from "./tables.ts";

export type PoolSessionRow = PoolSessionsTable;

type One = Slots<{ eventId: string }>;

const selectRow = statement.first("poolSessions.find", (db, p: One) =>
  db.selectFrom("pool_sessions").selectAll().where("event_id", "=", p.eventId),
);

type OfUser = Slots<{ userId: string; signedOutAt: number; now: number; limit: number }>;

const selectOfUser = statement.all("poolSessions.listOfUser", (db, p: OfUser) =>
  db
    .selectFrom("pool_sessions")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("signed_out_at", "=", p.signedOutAt)
    .where("expires_at", ">", p.now)
    .orderBy("created_at", "desc")
    .orderBy("event_id", "desc")
    .limit(p.limit),
);

const insertRow = statement.run("poolSessions.insert", (db, p: Slots<PoolSessionsTable>) =>
  db
    .insertInto("pool_sessions")
    .values(
      columns(p, [
        "event_id",
        "user_id",
        "pool_id",
        "client_id",
        "origin_jti",
        "signed_out_at",
        "authenticated_at",
        "created_at",
        "expires_at",
        "rotation",
        "rotated_at",
        "scopes",
        "device_key",
        "last_active_at",
        "last_ip",
        "last_agent",
        "is_hosted",
        "audience",
      ]),
    ),
);

type Change = Slots<
  Pick<PoolSessionsTable, "event_id" | "rotation" | "rotated_at" | "last_active_at" | "last_ip" | "last_agent">
>;

const updateRow = statement.run("poolSessions.update", (db, p: Change) =>
  db
    .updateTable("pool_sessions")
    .set(columns(p, ["rotation", "rotated_at", "last_active_at", "last_ip", "last_agent"]))
    .where("event_id", "=", p.event_id),
);

const deleteRow = statement.run("poolSessions.delete", (db, p: One) =>
  db.deleteFrom("pool_sessions").where("event_id", "=", p.eventId),
);

const deleteRowsOfUser = statement.run("poolSessions.deleteOfUser", (db, p: Slots<{ userId: string }>) =>
  db.deleteFrom("pool_sessions").where("user_id", "=", p.userId),
);

const deleteRowsOfClient = statement.run("poolSessions.deleteOfClient", (db, p: Slots<{ clientId: string }>) =>
  db.deleteFrom("pool_sessions").where("client_id", "=", p.clientId),
);

const deleteRowsOfPool = statement.run("poolSessions.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db
    .deleteFrom("pool_sessions")
    .where("client_id", "in", (eb) =>
      eb.selectFrom("app_clients").select("app_clients.client_id").where("app_clients.pool_id", "=", p.poolId),
    ),
);

const deleteEnded = statement.run("poolSessions.deleteEnded", (db, p: Slots<{ before: number; limit: number }>) =>
  db
    .deleteFrom("pool_sessions")
    .where("event_id", "in", (eb) =>
      eb
        .selectFrom("pool_sessions as ended")
        .select("ended.event_id")
        .where("ended.expires_at", "<", p.before)
        .orderBy("ended.expires_at")
        .limit(p.limit),
    ),
);

/** Sessions of pool users. One that was revoked is deleted. */
export const poolSessions = {
  find(tx: Tx, eventId: string): Promise<PoolSessionRow | undefined> {
    return selectRow(tx, { eventId });
  },

  /** Those that have not ended, the newest first. `signedOutAt` is the user's. */
  listOfUser(tx: Tx, userId: string, signedOutAt: number, now: number, limit: number): Promise<PoolSessionRow[]> {
    return selectOfUser(tx, { userId, signedOutAt, now, limit });
  },

  async insert(tx: Tx, session: PoolSessionRow): Promise<void> {
    await insertRow(tx, session);
  },

  async update(
    tx: Tx,
    session: Pick<PoolSessionRow, "event_id" | "rotation" | "rotated_at" | "last_active_at" | "last_ip" | "last_agent">,
  ): Promise<void> {
    await updateRow(tx, session);
  },

  /** False where there was none. */
  async delete(tx: Tx, eventId: string): Promise<boolean> {
    return (await deleteRow(tx, { eventId })) > 0;
  },

  /** All of the user's but as many as are `kept`, which are those that were used last. */
  async deleteLeastRecent(tx: Tx, userId: string, signedOutAt: number, now: number, kept: number): Promise<void> {
    // What is left over goes the next time.
    const sessions = await selectOfUser(tx, { userId, signedOutAt, now, limit: 1000 });
    if (sessions.length <= kept) return;
    sessions.sort((a, b) => b.last_active_at - a.last_active_at);
    for (const { event_id } of sessions.slice(kept)) await deleteRow(tx, { eventId: event_id });
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteRowsOfUser(tx, { userId });
  },

  async deleteOfClient(tx: Tx, clientId: string): Promise<void> {
    await deleteRowsOfClient(tx, { clientId });
  },

  /** To be done before its clients are deleted. */
  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },

  /** At most so many of those that ended before then; how many they were. */
  deleteEnded(tx: Tx, before: number, limit: number): Promise<number> {
    return deleteEnded(tx, { before, limit });
  },
};
