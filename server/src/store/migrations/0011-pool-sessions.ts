import type { Migration } from "./migration.ts";

export const poolSessions: Migration = {
  number: 11,
  name: "pool sessions",
  statements: ({ text, integer, bytes, heap }) => [
    `create table pool_sessions (
      event_id ${text} not null primary key,
      user_id ${text} not null,
      pool_id ${text} not null,
      client_id ${text} not null,
      origin_jti ${text} not null,
      signed_out_at ${integer} not null,
      authenticated_at ${integer} not null,
      created_at ${integer} not null,
      expires_at ${integer} not null,
      rotation ${integer} not null,
      rotated_at ${integer},
      scopes ${text} not null,
      device_key ${text},
      last_active_at ${integer} not null,
      last_ip ${text} not null,
      last_agent ${text}
    ) ${heap}`,
    "create index pool_sessions_by_user on pool_sessions (user_id, created_at, event_id)",
    "create index pool_sessions_by_client on pool_sessions (client_id)",
    "create index pool_sessions_by_end on pool_sessions (expires_at)",

    `create table pool_token_keys (
      key_id ${text} not null primary key,
      pool_id ${text} not null,
      token_use ${text} not null,
      modulus ${text} not null,
      private_key_sealed ${bytes} not null,
      created_at ${integer} not null,
      superseded_at ${integer}
    ) ${heap}`,
    "create index pool_token_keys_by_pool on pool_token_keys (pool_id, created_at, key_id)",
    "create index pool_token_keys_by_age on pool_token_keys (created_at, key_id)",
  ],
};
