import type { Migration } from "./migration.ts";

export const userImportJobs: Migration = {
  number: 16,
  name: "user import jobs",
  statements: ({ text, integer, bytes, clustered, heap }) => [
    `create table user_import_jobs (
      job_id ${text} not null primary key,
      pool_id ${text} not null,
      account_id ${text} not null,
      name ${text} not null,
      role_arn ${text} not null,
      status ${text} not null,
      created_at ${integer} not null,
      started_at ${integer},
      completed_at ${integer},
      position ${integer} not null,
      line ${integer} not null,
      imported ${integer} not null,
      skipped ${integer} not null,
      failed ${integer} not null,
      message ${text}
    ) ${heap}`,
    "create index user_import_jobs_by_pool on user_import_jobs (pool_id, created_at, job_id)",
    "create index user_import_jobs_by_status on user_import_jobs (status, job_id)",

    `create table user_import_files (
      job_id ${text} not null primary key,
      content ${bytes} not null
    ) ${heap}`,

    `create table user_import_failures (
      job_id ${text} not null,
      line ${integer} not null,
      outcome ${text} not null,
      reason ${text} not null,
      primary key (job_id, line)
    ) ${clustered}`,
  ],
};
