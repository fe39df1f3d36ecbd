import type { Migration } from "./migration.ts";

export const messages: Migration = {
  number: 10,
  name: "messages",
  statements: ({ text, integer, bytes, clustered, heap }) => [
    `create table pool_user_codes (
      user_id ${text} not null,
      purpose ${text} not null,
      pool_id ${text} not null,
      code_sealed ${bytes},
      destination ${text} not null,
      expires_at ${integer} not null,
      window_at ${integer} not null,
      requests ${integer} not null,
      failures ${integer} not null,
      primary key (user_id, purpose)
    ) ${clustered}`,
    "create index pool_user_codes_by_pool on pool_user_codes (pool_id)",

    `create table outbox (
      account_id ${text} not null,
      message_id ${text} not null,
      pool_id ${text} not null,
      user_id ${text} not null,
      username ${text} not null,
      kind ${text} not null,
      medium ${text} not null,
      destination ${text} not null,
      content_sealed ${bytes},
      created_at ${integer} not null,
      state ${text} not null,
      attempts ${integer} not null,
      next_attempt_at ${integer},
      failure ${text},
      primary key (account_id, message_id)
    ) ${heap}`,
    "create index outbox_by_user on outbox (pool_id, user_id)",
    "create index outbox_by_destination on outbox (account_id, destination, message_id)",
    "create index outbox_by_next_attempt on outbox (next_attempt_at, message_id)",
  ],
};
