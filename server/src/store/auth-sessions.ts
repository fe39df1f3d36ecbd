import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { AuthSessionsTable } from "./tables.ts";

export type AuthSessionRow = AuthSessionsTable;

/** Which one: its id is good once, and its end, which its bearer knows, is where the row is. */
export type AuthSessionKey = Readonly<Pick<AuthSessionsTable, "session_id" | "expires_at">>;

type Key = Slots<AuthSessionKey>;

const selectByKey = statement.first("authSessions.find", (db, p: Key) =>
  db
    .selectFrom("auth_sessions")
    .selectAll()
    .where("expires_at", "=", p.expires_at)
    .where("session_id", "=", p.session_id),
);

const insertUsed = statement.run("authSessions.use", (db, p: Key) =>
  db
    .insertInto("auth_sessions")
    .values({ ...columns(p, ["expires_at", "session_id"]), used: 1, failures: 0, content_sealed: null })
    .onConflict((conflict) =>
      conflict.columns(["expires_at", "session_id"]).doUpdateSet({ used: 1 }).where("auth_sessions.used", "=", 0),
    ),
);

const upsertFailure = statement.run("authSessions.fail", (db, p: Key) =>
  db
    .insertInto("auth_sessions")
    .values({ ...columns(p, ["expires_at", "session_id"]), used: 0, failures: 1, content_sealed: null })
    .onConflict((conflict) =>
      conflict
        .columns(["expires_at", "session_id"])
        .doUpdateSet((eb) => ({ failures: eb("auth_sessions.failures", "+", 1) })),
    ),
);

const insertContent = statement.run("authSessions.insert", (db, p: Slots<AuthSessionKey & { content: Uint8Array }>) =>
  db
    .insertInto("auth_sessions")
    .values({ ...columns(p, ["expires_at", "session_id"]), used: 0, failures: 0, content_sealed: p.content }),
);

const deleteExpired = statement.run("authSessions.deleteExpired", (db, p: Slots<{ now: number }>) =>
  db.deleteFrom("auth_sessions").where("expires_at", "<=", p.now),
);

/** Sign-ins under way. The client carries them; here is only what it must not change. */
export const authSessions = {
  find(tx: Tx, key: AuthSessionKey): Promise<AuthSessionRow | undefined> {
    return selectByKey(tx, key);
  },

  /** False where it was used before. */
  async use(tx: Tx, key: AuthSessionKey): Promise<boolean> {
    return (await insertUsed(tx, key)) > 0;
  },

  async fail(tx: Tx, key: AuthSessionKey): Promise<void> {
    await upsertFailure(tx, key);
  },

  async insert(tx: Tx, key: AuthSessionKey, content: Uint8Array): Promise<void> {
    await insertContent(tx, { ...key, content });
  },

  async deleteExpired(tx: Tx, now: number): Promise<void> {
    await deleteExpired(tx, { now });
  },
};
