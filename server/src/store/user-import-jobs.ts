import { columns, type Slots, statement, type Tx } from "./statement.ts";
import type { UserImportFailuresTable, UserImportFilesTable, UserImportJobsTable } from "./tables.ts";

export type UserImportJobRow = UserImportJobsTable;
export type UserImportFailureRow = UserImportFailuresTable;

type One = Slots<{ jobId: string }>;
type Pool = Slots<{ poolId: string }>;

const selectById = statement.first("userImportJobs.find", (db, p: One) =>
  db.selectFrom("user_import_jobs").selectAll().where("job_id", "=", p.jobId),
);

type Page = Slots<{ poolId: string; createdAt: number; jobId: string; limit: number }>;

const selectPage = statement.all("userImportJobs.list", (db, p: Page) =>
  db
    .selectFrom("user_import_jobs")
    .selectAll()
    .where("pool_id", "=", p.poolId)
    .where("created_at", "<=", p.createdAt)
    .where((eb) => eb.or([eb("created_at", "<", p.createdAt), eb("job_id", "<", p.jobId)]))
    .orderBy("created_at", "desc")
    .orderBy("job_id", "desc")
    .limit(p.limit),
);

const countRows = statement.first("userImportJobs.count", (db, p: Pool) =>
  db
    .selectFrom("user_import_jobs")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("pool_id", "=", p.poolId),
);

const selectOld = statement.all(
  "userImportJobs.listOlder",
  (db, p: Slots<{ status: string; createdBefore: number; limit: number }>) =>
    db
      .selectFrom("user_import_jobs")
      .selectAll()
      .where("status", "=", p.status)
      .where("created_at", "<=", p.createdBefore)
      .limit(p.limit),
);

const selectByStatus = statement.all("userImportJobs.listByStatus", (db, p: Slots<{ status: string }>) =>
  db.selectFrom("user_import_jobs").selectAll().where("status", "=", p.status).orderBy("job_id"),
);

const insertRow = statement.run("userImportJobs.insert", (db, p: Slots<UserImportJobsTable>) =>
  db
    .insertInto("user_import_jobs")
    .values(
      columns(p, [
        "job_id",
        "pool_id",
        "account_id",
        "name",
        "role_arn",
        "status",
        "created_at",
        "started_at",
        "completed_at",
        "position",
        "line",
        "imported",
        "skipped",
        "failed",
        "message",
      ]),
    ),
);

const updateRow = statement.run("userImportJobs.update", (db, p: Slots<UserImportJobsTable>) =>
  db
    .updateTable("user_import_jobs")
    .set(
      columns(p, [
        "status",
        "started_at",
        "completed_at",
        "position",
        "line",
        "imported",
        "skipped",
        "failed",
        "message",
      ]),
    )
    .where("job_id", "=", p.job_id),
);

const deleteRowsOfPool = statement.run("userImportJobs.deleteOfPool", (db, p: Pool) =>
  db.deleteFrom("user_import_jobs").where("pool_id", "=", p.poolId),
);

const selectFile = statement.first("userImportJobs.findFile", (db, p: One) =>
  db.selectFrom("user_import_files").select("content").where("job_id", "=", p.jobId),
);

const selectFileId = statement.first("userImportJobs.hasFile", (db, p: One) =>
  db.selectFrom("user_import_files").select("job_id").where("job_id", "=", p.jobId),
);

const upsertFile = statement.run("userImportJobs.putFile", (db, p: Slots<UserImportFilesTable>) =>
  db
    .insertInto("user_import_files")
    .values(columns(p, ["job_id", "content"]))
    .onConflict((conflict) => conflict.column("job_id").doUpdateSet((eb) => ({ content: eb.ref("excluded.content") }))),
);

const deleteFile = statement.run("userImportJobs.deleteFile", (db, p: One) =>
  db.deleteFrom("user_import_files").where("job_id", "=", p.jobId),
);

const deleteFilesOfPool = statement.run("userImportJobs.deleteFilesOfPool", (db, p: Pool) =>
  db
    .deleteFrom("user_import_files")
    .where("job_id", "in", (eb) =>
      eb
        .selectFrom("user_import_jobs")
        .select("user_import_jobs.job_id")
        .where("user_import_jobs.pool_id", "=", p.poolId),
    ),
);

const insertFailure = statement.run("userImportJobs.insertFailure", (db, p: Slots<UserImportFailuresTable>) =>
  db.insertInto("user_import_failures").values(columns(p, ["job_id", "line", "outcome", "reason"])),
);

const selectFailures = statement.all(
  "userImportJobs.listFailures",
  (db, p: Slots<{ jobId: string; after: number; limit: number }>) =>
    db
      .selectFrom("user_import_failures")
      .selectAll()
      .where("job_id", "=", p.jobId)
      .where("line", ">", p.after)
      .orderBy("line")
      .limit(p.limit),
);

const deleteFailuresOfPool = statement.run("userImportJobs.deleteFailuresOfPool", (db, p: Pool) =>
  db
    .deleteFrom("user_import_failures")
    .where("job_id", "in", (eb) =>
      eb
        .selectFrom("user_import_jobs")
        .select("user_import_jobs.job_id")
        .where("user_import_jobs.pool_id", "=", p.poolId),
    ),
);

export const userImportJobs = {
  find(tx: Tx, jobId: string): Promise<UserImportJobRow | undefined> {
    return selectById(tx, { jobId });
  },

  /** The newest first, after the job `after`; undefined starts. */
  list(
    tx: Tx,
    poolId: string,
    after: Pick<UserImportJobRow, "created_at" | "job_id"> | undefined,
    limit: number,
  ): Promise<UserImportJobRow[]> {
    const { created_at = Number.MAX_SAFE_INTEGER, job_id = "" } = after ?? {};
    return selectPage(tx, { poolId, createdAt: created_at, jobId: job_id, limit });
  },

  async count(tx: Tx, poolId: string): Promise<number> {
    return (await countRows(tx, { poolId }))?.total ?? 0;
  },

  /** Some of those of a status that were made until then. */
  listOlder(tx: Tx, status: string, createdBefore: number, limit: number): Promise<UserImportJobRow[]> {
    return selectOld(tx, { status, createdBefore, limit });
  },

  listByStatus(tx: Tx, status: string): Promise<UserImportJobRow[]> {
    return selectByStatus(tx, { status });
  },

  async insert(tx: Tx, job: UserImportJobRow): Promise<void> {
    await insertRow(tx, job);
  },

  async update(tx: Tx, job: UserImportJobRow): Promise<void> {
    await updateRow(tx, job);
  },

  async findFile(tx: Tx, jobId: string): Promise<Uint8Array | undefined> {
    return (await selectFile(tx, { jobId }))?.content;
  },

  async hasFile(tx: Tx, jobId: string): Promise<boolean> {
    return (await selectFileId(tx, { jobId })) !== undefined;
  },

  async putFile(tx: Tx, jobId: string, content: Uint8Array): Promise<void> {
    await upsertFile(tx, { job_id: jobId, content });
  },

  async deleteFile(tx: Tx, jobId: string): Promise<void> {
    await deleteFile(tx, { jobId });
  },

  async addFailure(tx: Tx, failure: UserImportFailureRow): Promise<void> {
    await insertFailure(tx, failure);
  },

  /** In the order of their lines, after the line `after`; 0 starts. */
  listFailures(tx: Tx, jobId: string, after: number, limit: number): Promise<UserImportFailureRow[]> {
    return selectFailures(tx, { jobId, after, limit });
  },

  async deleteOfPool(tx: Tx, poolId: string): Promise<void> {
    await deleteFailuresOfPool(tx, { poolId });
    await deleteFilesOfPool(tx, { poolId });
    await deleteRowsOfPool(tx, { poolId });
  },
};
