import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { AccessReportsTable } from "./tables.ts";

export type AccessReportRow = AccessReportsTable;

const selectById = statement.first("accessReports.find", (db, p: Slots<{ accountId: string; jobId: string }>) =>
  db.selectFrom("access_reports").selectAll().where("job_id", "=", p.jobId).where("account_id", "=", p.accountId),
);

const insertRow = statement.run("accessReports.insert", (db, p: Slots<AccessReportsTable>) =>
  db
    .insertInto("access_reports")
    .values(
      columns(p, ["job_id", "account_id", "created_at", "completed_at", "granularity", "subject_json", "content_json"]),
    ),
);

const updateContent = statement.run(
  "accessReports.complete",
  (db, p: Slots<{ jobId: string; completedAt: number; json: string }>) =>
    db
      .updateTable("access_reports")
      .set({ completed_at: p.completedAt, content_json: p.json })
      .where("job_id", "=", p.jobId),
);

const deleteOld = statement.run("accessReports.deleteOld", (db, p: Slots<{ accountId: string; before: number }>) =>
  db.deleteFrom("access_reports").where("account_id", "=", p.accountId).where("created_at", "<", p.before),
);

/** Reports of who last used which service, each made once, by its job. */
export const accessReports = {
  find(tx: Tx, accountId: string, jobId: string): Promise<AccessReportRow | undefined> {
    return selectById(tx, { accountId, jobId });
  },

  async insert(tx: Tx, report: Omit<AccessReportRow, "completed_at" | "content_json">): Promise<void> {
    await insertRow(tx, { ...report, completed_at: null, content_json: null });
  },

  /** Nothing happens where the report is gone. */
  async complete(tx: Tx, jobId: string, completedAt: number, json: string): Promise<void> {
    await updateContent(tx, { jobId, completedAt, json });
  },

  async deleteOld(tx: Tx, accountId: string, before: number): Promise<void> {
    await deleteOld(tx, { accountId, before });
  },
};
