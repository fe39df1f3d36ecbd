import type { Migration } from "./migration.ts";

export const poolUserFactors: Migration = {
  number: 15,
  name: "pool user factors",
  statements: ({ text, integer, bytes, clustered, heap }) => [
    `create table pool_user_totp (
      user_id ${text} not null,
      is_verified ${integer} not null,
      pool_id ${text} not null,
      secret_sealed ${bytes} not null,
      friendly_name ${text},
      last_step ${integer} not null,
      primary key (user_id, is_verified)
    ) ${clustered}`,
    "create index pool_user_totp_by_pool on pool_user_totp (pool_id)",

    `create table pool_user_passkeys (
      credential_id ${text} not null primary key,
      user_id ${text} not null,
      pool_id ${text} not null,
      public_key ${bytes} not null,
      counter ${integer} not null,
      friendly_name ${text} not null,
      relying_party_id ${text} not null,
      attachment ${text},
      transports_json ${text} not null,
      created_at ${integer} not null
    ) ${heap}`,
    "create index pool_user_passkeys_by_user on pool_user_passkeys (user_id, credential_id)",
    "create index pool_user_passkeys_by_pool on pool_user_passkeys (pool_id)",

    `create table pool_user_devices (
      user_id ${text} not null,
      device_key ${text} not null,
      pool_id ${text} not null,
      group_key ${text} not null,
      verifier_sealed ${bytes} not null,
      name ${text},
      is_remembered ${integer} not null,
      last_ip ${text} not null,
      created_at ${integer} not null,
      modified_at ${integer} not null,
      authenticated_at ${integer} not null,
      primary key (user_id, device_key)
    ) ${heap}`,
    "create index pool_user_devices_by_pool on pool_user_devices (pool_id)",
  ],
};
