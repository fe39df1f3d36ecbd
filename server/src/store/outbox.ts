import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { OutboxTable } from "./tables.ts";

export type MessageState = "kept" | "queued" | "sent" | "failed";

export interface MessageRow extends Omit<OutboxTable, "state"> {
  readonly state: MessageState;
}

type Page = Slots<{ accountId: string; before: string; limit: number }>;

const selectPage = statement.all("outbox.list", (db, p: Page) =>
  db
    .selectFrom("outbox")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("message_id", "<", p.before)
    .orderBy("message_id", "desc")
    .limit(p.limit),
);

/** Along the account's messages, of which there is a bounded number. */
const selectPageOfPool = statement.all("outbox.listOfPool", (db, p: Page & Slots<{ poolId: string }>) =>
  db
    .selectFrom("outbox")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("pool_id", "=", p.poolId)
    .where("message_id", "<", p.before)
    .orderBy("message_id", "desc")
    .limit(p.limit),
);

const selectPageTo = statement.all("outbox.listTo", (db, p: Page & Slots<{ destination: string }>) =>
  db
    .selectFrom("outbox")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("destination", "=", p.destination)
    .where("message_id", "<", p.before)
    .orderBy("message_id", "desc")
    .limit(p.limit),
);

const selectPageOfPoolTo = statement.all(
  "outbox.listOfPoolTo",
  (db, p: Page & Slots<{ poolId: string; destination: string }>) =>
    db
      .selectFrom("outbox")
      .selectAll()
      .where("account_id", "=", p.accountId)
      .where("destination", "=", p.destination)
      .where("pool_id", "=", p.poolId)
      .where("message_id", "<", p.before)
      .orderBy("message_id", "desc")
      .limit(p.limit),
);

const insertRow = statement.run("outbox.insert", (db, p: Slots<OutboxTable>) =>
  db
    .insertInto("outbox")
    .values(
      columns(p, [
        "account_id",
        "message_id",
        "pool_id",
        "user_id",
        "username",
        "kind",
        "medium",
        "destination",
        "content_sealed",
        "created_at",
        "state",
        "attempts",
        "next_attempt_at",
        "failure",
      ]),
    ),
);

const selectFirstDue = statement.first("outbox.findDue", (db, p: Slots<{ now: number }>) =>
  db.selectFrom("outbox").select("message_id").where("next_attempt_at", "<=", p.now).limit(1),
);

const selectDue = statement.all("outbox.listDue", (db, p: Slots<{ now: number; limit: number }>) =>
  db
    .selectFrom("outbox")
    .selectAll()
    .where("next_attempt_at", "<=", p.now)
    .orderBy("next_attempt_at")
    .orderBy("message_id")
    .limit(p.limit),
);

type Progress = Pick<OutboxTable, "account_id" | "message_id" | "attempts" | "next_attempt_at">;

const updateProgress = statement.run("outbox.claim", (db, p: Slots<Progress>) =>
  db
    .updateTable("outbox")
    .set(columns(p, ["attempts", "next_attempt_at"]))
    .where("account_id", "=", p.account_id)
    .where("message_id", "=", p.message_id),
);

const updateSent = statement.run("outbox.noteSent", (db, p: Slots<{ accountId: string; messageId: string }>) =>
  db
    .updateTable("outbox")
    .set({ state: "sent", content_sealed: null, next_attempt_at: null, failure: null })
    .where("account_id", "=", p.accountId)
    .where("message_id", "=", p.messageId),
);

type Failure = Pick<OutboxTable, "account_id" | "message_id" | "state" | "next_attempt_at" | "failure">;

const updateFailed = statement.run("outbox.noteFailure", (db, p: Slots<Failure>) =>
  db
    .updateTable("outbox")
    .set(columns(p, ["state", "next_attempt_at", "failure"]))
    .where("account_id", "=", p.account_id)
    .where("message_id", "=", p.message_id),
);

const updateClaimed = statement.run("outbox.releaseClaims", (db, p: Slots<{ now: number }>) =>
  db.updateTable("outbox").set({ next_attempt_at: p.now }).where("next_attempt_at", ">", p.now),
);

const selectOldestToKeep = statement.first("outbox.findByRank", (db, p: Slots<{ accountId: string; rank: number }>) =>
  db
    .selectFrom("outbox")
    .select("message_id")
    .where("account_id", "=", p.accountId)
    .orderBy("message_id", "desc")
    .limit(1)
    .offset(p.rank),
);

const deleteUntil = statement.run("outbox.deleteUntil", (db, p: Slots<{ accountId: string; messageId: string }>) =>
  db
    .deleteFrom("outbox")
    .where("account_id", "=", p.accountId)
    .where("message_id", "<=", p.messageId)
    .where("next_attempt_at", "is", null),
);

const deleteRowsOfUser = statement.run("outbox.deleteOfUser", (db, p: Slots<{ poolId: string; userId: string }>) =>
  db.deleteFrom("outbox").where("pool_id", "=", p.poolId).where("user_id", "=", p.userId),
);

const deleteRowsOfPool = statement.run("outbox.deleteOfPool", (db, p: Slots<{ poolId: string }>) =>
  db.deleteFrom("outbox").where("pool_id", "=", p.poolId),
);

/** Sorts after every message id. */
const beyond = "~";

export const outbox = {
  /** The newest first, those made before the message `before`; `""` starts. */
  async list(
    tx: Tx,
    which: { accountId: string; poolId?: string | undefined; destination?: string | undefined },
    before: string,
    limit: number,
  ): Promise<MessageRow[]> {
    const { accountId, poolId, destination } = which;
    const page = { accountId, before: before === "" ? beyond : before, limit };
    const rows =
      destination === undefined
        ? await (poolId === undefined ? selectPage(tx, page) : selectPageOfPool(tx, { ...page, poolId }))
        : await (poolId === undefined
            ? selectPageTo(tx, { ...page, destination })
            : selectPageOfPoolTo(tx, { ...page, poolId, destination }));
    return rows.map(messageRow);
  },

  async insert(tx: Tx, message: MessageRow): Promise<void> {
    await insertRow(tx, message);
  },

  async hasDue(tx: Tx, now: number): Promise<boolean> {
    return (await selectFirstDue(tx, { now })) !== undefined;
  },

  /**
   * Messages that are due, which are nobody else's until `until`: then, unless an outcome was noted, whoever asks gets
   * them again.
   */
  async claim(tx: Tx, now: number, until: number, limit: number): Promise<MessageRow[]> {
    const due = (await selectDue(tx, { now, limit })).map(messageRow);
    const claimed: MessageRow[] = [];
    for (const row of due) {
      const { account_id, message_id } = row;
      const attempts = row.attempts + 1;
      await updateProgress(tx, { account_id, message_id, attempts, next_attempt_at: until });
      claimed.push({ ...row, attempts, next_attempt_at: until });
    }
    return claimed;
  },

  /** For the only process of a database, when it starts: what it had claimed before it ended is due at once. */
  async releaseClaims(tx: Tx, now: number): Promise<void> {
    await updateClaimed(tx, { now });
  },

  /** What it said is forgotten. */
  async noteSent(tx: Tx, { account_id, message_id }: Pick<MessageRow, "account_id" | "message_id">): Promise<void> {
    await updateSent(tx, { accountId: account_id, messageId: message_id });
  },

  /** `nextAttemptAt` is undefined where there will be none. */
  async noteFailure(
    tx: Tx,
    { account_id, message_id }: Pick<MessageRow, "account_id" | "message_id">,
    failure: string,
    nextAttemptAt: number | undefined,
  ): Promise<void> {
    await updateFailed(tx, {
      account_id,
      message_id,
      state: nextAttemptAt === undefined ? "failed" : "queued",
      next_attempt_at: nextAttemptAt ?? null,
      failure,
    });
  },

  /** Deletes all but the newest `kept` of an account, and those that are to be sent yet. */
  async trim(tx: Tx, accountId: string, kept: number): Promise<void> {
    const first = await selectOldestToKeep(tx, { accountId, rank: kept });
    if (first !== undefined) await deleteUntil(tx, { accountId, messageId: first.message_id });
  },

  async deleteOfUser(tx: Tx, poolId: string, userId: string): Promise<void> {
    await deleteRowsOfUser(tx, { poolId, userId });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteRowsOfPool(tx, { poolId });
  },
};

function messageRow(row: OutboxTable): MessageRow {
  return { ...row, state: row.state as MessageState }; // this file alone writes it
}
