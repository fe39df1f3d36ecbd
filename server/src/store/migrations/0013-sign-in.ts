import type { Migration } from "./migration.ts";

export const signIn: Migration = {
  number: 13,
  name: "sign-in",
  statements: ({ text, integer, bytes, clustered }) => [
    `create table auth_sessions (
      session_id ${text} not null primary key,
      expires_at ${integer} not null,
      used ${integer} not null,
      failures ${integer} not null,
      content_sealed ${bytes}
    ) ${clustered}`,
    "create index auth_sessions_by_expiry on auth_sessions (expires_at)",

    `create table sign_in_failures (
      lock_key ${text} not null primary key,
      failures ${integer} not null,
      failed_at ${integer} not null,
      locked_until ${integer} not null
    ) ${clustered}`,
    "create index sign_in_failures_by_time on sign_in_failures (failed_at)",
  ],
};
