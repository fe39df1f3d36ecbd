import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { AuthEventsTable } from "./tables.ts";

export type AuthEventRow = AuthEventsTable;

/** As many of a user's are kept: the newest. */
const mostOfUser = 500;

type Page = Slots<{ userId: string; before: number; limit: number }>;

const selectPage = statement.all("authEvents.list", (db, p: Page) =>
  db
    .selectFrom("auth_events")
    .selectAll()
    .where("user_id", "=", p.userId)
    .where("number", "<", p.before)
    .orderBy("number", "desc")
    .limit(p.limit),
);

const selectNewest = statement.first("authEvents.newest", (db, p: Slots<{ userId: string }>) =>
  db.selectFrom("auth_events").select("number").where("user_id", "=", p.userId).orderBy("number", "desc").limit(1),
);

const selectById = statement.first("authEvents.find", (db, p: Slots<{ userId: string; eventId: string }>) =>
  db.selectFrom("auth_events").selectAll().where("user_id", "=", p.userId).where("event_id", "=", p.eventId),
);

const insertRow = statement.run("authEvents.insert", (db, p: Slots<AuthEventsTable>) =>
  db
    .insertInto("auth_events")
    .values(
      columns(p, [
        "user_id",
        "number",
        "event_id",
        "pool_id",
        "created_at",
        "event_type",
        "response",
        "risk_decision",
        "risk_level",
        "is_compromised",
        "challenges_json",
        "ip",
        "device_name",
        "device_id",
        "country",
        "timezone",
        "feedback_value",
        "feedback_provider",
        "feedback_at",
      ]),
    ),
);

type Feedback = Pick<AuthEventsTable, "user_id" | "number" | "feedback_value" | "feedback_provider" | "feedback_at">;

const updateFeedback = statement.run("authEvents.setFeedback", (db, p: Slots<Feedback>) =>
  db
    .updateTable("auth_events")
    .set(columns(p, ["feedback_value", "feedback_provider", "feedback_at"]))
    .where("user_id", "=", p.user_id)
    .where("number", "=", p.number),
);

const deleteOlder = statement.run("authEvents.deleteUpTo", (db, p: Slots<{ userId: string; number: number }>) =>
  db.deleteFrom("auth_events").where("user_id", "=", p.userId).where("number", "<=", p.number),
);

const deleteRows = statement.run("authEvents.deleteOfUser", (db, p: Slots<{ userId: string }>) =>
  db.deleteFrom("auth_events").where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("authEvents.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("auth_events").where("pool_id", "=", p.poolId),
);

/** What happened to pool users, as long as their pool keeps it. */
export const authEvents = {
  /** The newest first, of those before a number. */
  list(tx: Tx, userId: string, before: number, limit: number): Promise<AuthEventRow[]> {
    return selectPage(tx, { userId, before, limit });
  },

  find(tx: Tx, userId: string, eventId: string): Promise<AuthEventRow | undefined> {
    return selectById(tx, { userId, eventId });
  },

  async add(
    tx: Tx,
    event: Omit<AuthEventRow, "number" | "feedback_value" | "feedback_provider" | "feedback_at">,
  ): Promise<void> {
    const newest = await selectNewest(tx, { userId: event.user_id });
    const number = (newest?.number ?? 0) + 1;
    await insertRow(tx, { ...event, number, feedback_value: null, feedback_provider: null, feedback_at: null });
    if (number > mostOfUser) await deleteOlder(tx, { userId: event.user_id, number: number - mostOfUser });
  },

  async setFeedback(tx: Tx, feedback: Feedback): Promise<void> {
    await updateFeedback(tx, feedback);
  },

  async deleteOfUser(tx: Tx, userId: string): Promise<void> {
    await deleteRows(tx, { userId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};
