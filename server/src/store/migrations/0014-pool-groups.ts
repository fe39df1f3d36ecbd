import type { Migration } from "./migration.ts";

export const poolGroups: Migration = {
  number: 14,
  name: "groups of pool users, passwords that were, addresses to be",
  statements: ({ text, integer, bytes, clustered, heap }) => [
    `create table pool_groups (
      pool_id ${text} not null,
      group_name ${text} not null,
      description ${text},
      role_arn ${text},
      precedence ${integer},
      created_at ${integer} not null,
      modified_at ${integer} not null,
      primary key (pool_id, group_name)
    ) ${heap}`,

    `create table pool_group_members (
      pool_id ${text} not null,
      group_name ${text} not null,
      user_id ${text} not null,
      primary key (pool_id, group_name, user_id)
    ) ${clustered}`,
    "create index pool_group_members_by_user on pool_group_members (user_id, group_name)",

    `create table pool_user_passwords (
      user_id ${text} not null,
      pool_id ${text} not null,
      number ${integer} not null,
      password_sealed ${bytes} not null,
      primary key (user_id, number)
    ) ${heap}`,
    "create index pool_user_passwords_by_pool on pool_user_passwords (pool_id)",

    `create table pool_user_pending_attributes (
      user_id ${text} not null,
      pool_id ${text} not null,
      name ${text} not null,
      value ${text} not null,
      primary key (user_id, name)
    ) ${clustered}`,
    "create index pool_user_pending_attributes_by_pool on pool_user_pending_attributes (pool_id)",

    `create table pool_user_identities (
      pool_id ${text} not null,
      provider_name ${text} not null,
      attribute_name ${text} not null,
      attribute_value ${text} not null,
      user_id ${text} not null,
      primary key (pool_id, provider_name, attribute_name, attribute_value)
    ) ${clustered}`,
    "create index pool_user_identities_by_user on pool_user_identities (user_id)",

    // A list by the beginning of a sub reads its page alone, however many users other pools have.
    "create index pool_users_by_id on pool_users (pool_id, user_id)",
  ],
};
