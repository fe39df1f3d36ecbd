import { type Slots, statement, type Tx } from "./statement.ts";

const insertRow = statement.run("usedAssertions.note", (db, p: Slots<{ digest: string; expiresAt: number }>) =>
  db
    .insertInto("used_assertions")
    .values({ digest: p.digest, expires_at: p.expiresAt })
    .onConflict((conflict) => conflict.column("digest").doNothing()),
);

const deleteExpired = statement.run("usedAssertions.forget", (db, p: Slots<{ now: number }>) =>
  db.deleteFrom("used_assertions").where("expires_at", "<=", p.now),
);

/** One-time use, over restarts and nodes. */
export const usedAssertions = {
  /** False where it was noted before. Those that have expired are forgotten on the way. */
  async note(tx: Tx, digest: string, expiresAt: number, now: number): Promise<boolean> {
    await deleteExpired(tx, { now });
    return (await insertRow(tx, { digest, expiresAt })) > 0;
  },
};
