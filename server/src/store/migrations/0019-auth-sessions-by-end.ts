import type { Migration } from "./migration.ts";

/**
 * Sign-ins under way in the order of their ends, which every request for one knows: rows that come one after the other
 * share a page, where random ids dirtied one each, and what has expired needs no index to be found.
 */
export const authSessionsByEnd: Migration = {
  number: 19,
  name: "sign-ins under way by their ends",
  statements: ({ text, integer, bytes, clustered }) => [
    "drop index auth_sessions_by_expiry",
    "alter table auth_sessions rename to former_auth_sessions",
    `create table auth_sessions (
      expires_at ${integer} not null,
      session_id ${text} not null,
      used ${integer} not null,
      failures ${integer} not null,
      content_sealed ${bytes},
      primary key (expires_at, session_id)
    ) ${clustered}`,
    `insert into auth_sessions (expires_at, session_id, used, failures, content_sealed)
      select expires_at, session_id, used, failures, content_sealed from former_auth_sessions`,
    "drop table former_auth_sessions",
  ],
};
