import type { Migration } from "./migration.ts";

export const poolUsers: Migration = {
  number: 9,
  name: "pool users",
  statements: ({ text, integer, bytes, clustered, heap }) => [
    `create table app_clients (
      client_id ${text} not null primary key,
      pool_id ${text} not null,
      name ${text} not null,
      created_at ${integer} not null,
      modified_at ${integer} not null,
      configuration_json ${text} not null
    ) ${heap}`,
    "create index app_clients_by_pool on app_clients (pool_id, client_id)",

    `create table app_client_secrets (
      client_id ${text} not null,
      secret_id ${text} not null,
      secret_sealed ${bytes} not null,
      created_at ${integer} not null,
      primary key (client_id, created_at)
    ) ${clustered}`,

    `create table pool_users (
      user_id ${text} not null primary key,
      pool_id ${text} not null,
      username ${text} not null,
      username_key ${text} not null,
      status ${text} not null,
      enabled ${integer} not null,
      created_at ${integer} not null,
      modified_at ${integer} not null,
      attributes_json ${text} not null,
      password_sealed ${bytes},
      password_set_at ${integer},
      password_expires_at ${integer},
      mfa_json ${text},
      signed_out_at ${integer} not null,
      unique (pool_id, username_key)
    ) ${heap}`,
    // For lists by either or both: each index is a page more to write for every new user.
    "create index pool_users_by_state on pool_users (pool_id, enabled, status, username_key)",

    `create table pool_user_aliases (
      pool_id ${text} not null,
      alias_key ${text} not null,
      user_id ${text} not null,
      primary key (pool_id, alias_key)
    ) ${clustered}`,
    "create index pool_user_aliases_by_user on pool_user_aliases (user_id)",

    `create table pool_user_attributes (
      pool_id ${text} not null,
      name ${text} not null,
      value ${text} not null,
      user_id ${text} not null,
      primary key (pool_id, name, value, user_id)
    ) ${clustered}`,

    `create table pool_totals (
      pool_id ${text} not null,
      kind ${text} not null,
      shard ${integer} not null,
      total ${integer} not null,
      primary key (pool_id, kind, shard)
    ) ${clustered}`,
  ],
};
