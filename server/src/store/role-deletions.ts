import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { RoleDeletionsTable } from "./tables.ts";

export type RoleDeletionRow = RoleDeletionsTable;

const select = statement.first("roleDeletions.find", (db, p: Slots<{ accountId: string; taskId: string }>) =>
  db.selectFrom("role_deletions").selectAll().where("account_id", "=", p.accountId).where("task_id", "=", p.taskId),
);

const insertRow = statement.run("roleDeletions.insert", (db, p: Slots<RoleDeletionsTable>) =>
  db.insertInto("role_deletions").values(columns(p, ["account_id", "task_id", "deleted_at"])),
);

export const roleDeletions = {
  find(tx: Tx, accountId: string, taskId: string): Promise<RoleDeletionRow | undefined> {
    return select(tx, { accountId, taskId });
  },

  async insert(tx: Tx, deletion: RoleDeletionRow): Promise<void> {
    await insertRow(tx, deletion);
  },
};
