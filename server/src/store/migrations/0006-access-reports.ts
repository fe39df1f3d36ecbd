import type { Migration } from "./migration.ts";

export const accessReports: Migration = {
  number: 6,
  name: "access reports",
  statements: ({ text, integer, clustered, heap }) => [
    `create table service_uses (
      principal_id ${text} not null,
      service ${text} not null,
      action ${text} not null,
      used_at ${integer} not null,
      region ${text} not null,
      primary key (principal_id, service, action)
    ) ${clustered}`,

    `create table access_reports (
      job_id ${text} not null primary key,
      account_id ${text} not null,
      created_at ${integer} not null,
      completed_at ${integer},
      granularity ${text} not null,
      subject_json ${text} not null,
      content_json ${text}
    ) ${heap}`,
    `create index access_reports_by_age on access_reports (account_id, created_at)`,
  ],
};
