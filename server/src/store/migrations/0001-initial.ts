import type { Migration } from "./migration.ts";

export const initial: Migration = {
  number: 1,
  name: "initial",
  statements: ({ text, integer, bytes, clustered, heap }) => [
    `create table settings (
      name ${text} not null primary key,
      value ${text} not null
    ) ${heap}`,

    `create table accounts (
      account_id ${text} not null primary key,
      created_at ${integer} not null,
      alias ${text} unique,
      password_policy_json ${text}
    ) ${heap}`,

    `create table account_totals (
      account_id ${text} not null,
      kind ${text} not null,
      total ${integer} not null,
      primary key (account_id, kind)
    ) ${clustered}`,

    `create table users (
      account_id ${text} not null,
      name_key ${text} not null,
      user_name ${text} not null,
      user_id ${text} not null unique,
      path ${text} not null,
      created_at ${integer} not null,
      tags_json ${text} not null,
      permissions_boundary_arn ${text},
      permissions_boundary_policy_id ${text},
      primary key (account_id, name_key)
    ) ${clustered}`,
    `create index users_by_boundary on users (permissions_boundary_policy_id, account_id, name_key)
      where permissions_boundary_policy_id is not null`,

    `create table access_keys (
      access_key_id ${text} not null primary key,
      account_id ${text} not null,
      user_id ${text},
      secret_sealed ${bytes} not null,
      status ${text} not null,
      created_at ${integer} not null,
      changed_at ${integer} not null
    ) ${clustered}`,
    `create index access_keys_by_owner on access_keys (account_id, user_id, created_at, access_key_id)`,

    `create table access_key_uses (
      access_key_id ${text} not null primary key,
      used_at ${integer} not null,
      region ${text} not null,
      service ${text} not null
    ) ${clustered}`,

    `create table groups (
      account_id ${text} not null,
      name_key ${text} not null,
      group_name ${text} not null,
      group_id ${text} not null unique,
      path ${text} not null,
      created_at ${integer} not null,
      primary key (account_id, name_key)
    ) ${clustered}`,

    `create table group_members (
      account_id ${text} not null,
      group_id ${text} not null,
      user_id ${text} not null,
      primary key (group_id, user_id)
    ) ${clustered}`,
    `create index group_members_by_user on group_members (user_id, group_id)`,

    `create table policies (
      account_id ${text} not null,
      name_key ${text} not null,
      policy_name ${text} not null,
      policy_id ${text} not null unique,
      path ${text} not null,
      description ${text},
      created_at ${integer} not null,
      updated_at ${integer} not null,
      default_version ${integer} not null,
      last_version ${integer} not null,
      tags_json ${text} not null,
      primary key (account_id, name_key)
    ) ${clustered}`,

    `create table policy_uses (
      account_id ${text} not null,
      policy_id ${text} not null,
      policy_account_id ${text} not null,
      name_key ${text} not null,
      attachment_count ${integer} not null,
      boundary_count ${integer} not null,
      primary key (account_id, policy_id)
    ) ${clustered}`,
    `create unique index policy_uses_by_name on policy_uses (account_id, policy_account_id, name_key)`,

    `create table policy_versions (
      policy_id ${text} not null,
      version ${integer} not null,
      document ${text} not null,
      created_at ${integer} not null,
      primary key (policy_id, version)
    ) ${heap}`,

    `create table inline_policies (
      owner_id ${text} not null,
      policy_name ${text} not null,
      document ${text} not null,
      primary key (owner_id, policy_name)
    ) ${heap}`,

    `create table policy_attachments (
      owner_id ${text} not null,
      owner_kind ${text} not null,
      account_id ${text} not null,
      policy_id ${text} not null,
      position ${integer} not null,
      primary key (owner_id, policy_id)
    ) ${clustered}`,
    `create unique index policy_attachments_by_position on policy_attachments (owner_id, position)`,
    `create index policy_attachments_by_policy on policy_attachments (policy_id, account_id, owner_kind, owner_id)`,

    // Bodies are fat: rows beside the key would slow every upload.
    `create table signing_certificates (
      account_id ${text} not null,
      certificate_id ${text} not null,
      owner_id ${text} not null,
      body ${text} not null,
      status ${text} not null,
      uploaded_at ${integer} not null,
      changed_at ${integer} not null,
      not_after ${integer} not null,
      position ${integer} not null,
      primary key (account_id, certificate_id)
    ) ${heap}`,
    `create unique index signing_certificates_by_owner on signing_certificates (account_id, owner_id, position)`,

    `create table credential_reports (
      account_id ${text} not null primary key,
      generated_at ${integer} not null,
      content ${text} not null
    ) ${heap}`,

    `create table user_pools (
      pool_id ${text} not null primary key,
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      created_at ${integer} not null,
      modified_at ${integer} not null,
      configuration_json ${text} not null,
      tags_json ${text} not null
    ) ${heap}`,
    `create index user_pools_by_account on user_pools (account_id, region, pool_id)`,

    `create table user_pool_keys (
      pool_id ${text} not null,
      purpose ${text} not null,
      private_key_sealed ${bytes} not null,
      created_at ${integer} not null,
      primary key (pool_id, purpose)
    ) ${heap}`,

    `create table user_pool_certificates (
      pool_id ${text} not null,
      purpose ${text} not null,
      position ${integer} not null,
      certificate ${text} not null,
      not_before ${integer} not null,
      not_after ${integer} not null,
      primary key (pool_id, purpose, position)
    ) ${heap}`,
  ],
};
