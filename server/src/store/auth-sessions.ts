import { type Slots, statement, type Tx } from "./statement.ts";
import type { AuthSessionsTable } from "./tables.ts";

export type AuthSessionRow = AuthSessionsTable;

const selectById = statement.first("authSessions.find", (db, p: Slots<{ sessionId: string }>) =>
  db.selectFrom("auth_sessions").selectAll().where("session_id", "=", p.sessionId),
);

const insertUsed = statement.run("authSessions.use", (db, p: Slots<{ sessionId: string; expiresAt: number }>) =>
  db
    .insertInto("auth_sessions")
    .values({ session_id: p.sessionId, expires_at: p.expiresAt, used: 1, failures: 0, content_sealed: null })
    .onConflict((conflict) =>
      conflict.column("session_id").doUpdateSet({ used: 1 }).where("auth_sessions.used", "=", 0),
    ),
);

const upsertFailure = statement.run("authSessions.fail", (db, p: Slots<{ sessionId: string; expiresAt: number }>) =>
  db
    .insertInto("auth_sessions")
    .values({ session_id: p.sessionId, expires_at: p.expiresAt, used: 0, failures: 1, content_sealed: null })
    .onConflict((conflict) =>
      conflict.column("session_id").doUpdateSet((eb) => ({ failures: eb("auth_sessions.failures", "+", 1) })),
    ),
);

const insertContent = statement.run(
  "authSessions.insert",
  (db, p: Slots<{ sessionId: string; expiresAt: number; content: Uint8Array }>) =>
    db
      .insertInto("auth_sessions")
      .values({ session_id: p.sessionId, expires_at: p.expiresAt, used: 0, failures: 0, content_sealed: p.content }),
);

const deleteExpired = statement.run("authSessions.deleteExpired", (db, p: Slots<{ now: number }>) =>
  db.deleteFrom("auth_sessions").where("expires_at", "<=", p.now),
);

/** Sign-ins under way. The client carries them; here is only what it must not change. */
export const authSessions = {
  find(tx: Tx, sessionId: string): Promise<AuthSessionRow | undefined> {
    return selectById(tx, { sessionId });
  },

  /** False where it was used before. */
  async use(tx: Tx, sessionId: string, expiresAt: number): Promise<boolean> {
    return (await insertUsed(tx, { sessionId, expiresAt })) > 0;
  },

  async fail(tx: Tx, sessionId: string, expiresAt: number): Promise<void> {
    await upsertFailure(tx, { sessionId, expiresAt });
  },

  async insert(tx: Tx, sessionId: string, expiresAt: number, content: Uint8Array): Promise<void> {
    await insertContent(tx, { sessionId, expiresAt, content });
  },

  async deleteExpired(tx: Tx, now: number): Promise<void> {
    await deleteExpired(tx, { now });
  },
};
