import type { Migration } from "./migration.ts";

export const credentials: Migration = {
  number: 4,
  name: "credentials",
  statements: ({ text, integer, bytes, heap }) => [
    `create table mfa_devices (
      account_id ${text} not null,
      path_and_name ${text} not null,
      created_at ${integer} not null,
      tags_json ${text} not null,
      seed_sealed ${bytes} not null,
      owner_id ${text},
      enabled_at ${integer},
      drift ${integer} not null,
      last_pair_step ${integer} not null,
      used_steps_json ${text} not null,
      attempts_window ${integer} not null,
      attempts ${integer} not null,
      primary key (account_id, path_and_name)
    ) ${heap}`,
    `create index mfa_devices_by_owner on mfa_devices (owner_id, path_and_name) where owner_id is not null`,
    `create index mfa_devices_assigned on mfa_devices (account_id, path_and_name) where owner_id is not null`,
    `create index mfa_devices_unassigned on mfa_devices (account_id, path_and_name) where owner_id is null`,

    `create table login_profiles (
      user_id ${text} not null primary key,
      account_id ${text} not null,
      created_at ${integer} not null,
      changed_at ${integer} not null,
      is_reset_required ${integer} not null,
      passwords_sealed ${bytes} not null
    ) ${heap}`,

    `create table server_certificates (
      account_id ${text} not null,
      name_key ${text} not null,
      certificate_name ${text} not null,
      certificate_id ${text} not null unique,
      path ${text} not null,
      uploaded_at ${integer} not null,
      not_after ${integer} not null,
      body ${text} not null,
      chain ${text},
      private_key_sealed ${bytes} not null,
      tags_json ${text} not null,
      primary key (account_id, name_key)
    ) ${heap}`,

    `create table ssh_public_keys (
      key_id ${text} not null primary key,
      account_id ${text} not null,
      user_id ${text} not null,
      public_key ${bytes} not null,
      status ${text} not null,
      uploaded_at ${integer} not null,
      position ${integer} not null
    ) ${heap}`,
    `create unique index ssh_public_keys_by_user on ssh_public_keys (user_id, position)`,

    `create table service_credentials (
      account_id ${text} not null,
      credential_id ${text} not null,
      user_id ${text} not null,
      service_name ${text} not null,
      alias ${text} not null,
      secret_sealed ${bytes} not null,
      status ${text} not null,
      created_at ${integer} not null,
      expires_at ${integer},
      primary key (account_id, credential_id)
    ) ${heap}`,
    `create index service_credentials_by_user on service_credentials (user_id, credential_id)`,
    `create index service_credentials_by_service on service_credentials (account_id, service_name, credential_id)`,
    `create unique index service_credentials_by_alias on service_credentials (account_id, service_name, alias)`,
  ],
};
