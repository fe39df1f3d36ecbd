import type { Migration } from "./migration.ts";

export const instanceProfiles: Migration = {
  number: 3,
  name: "instance-profiles",
  statements: ({ text, integer, clustered }) => [
    `create table instance_profiles (
      account_id ${text} not null,
      name_key ${text} not null,
      instance_profile_name ${text} not null,
      instance_profile_id ${text} not null unique,
      path ${text} not null,
      created_at ${integer} not null,
      tags_json ${text} not null,
      role_id ${text},
      primary key (account_id, name_key)
    ) ${clustered}`,
    `create index instance_profiles_by_role on instance_profiles (role_id, name_key) where role_id is not null`,

    `create table role_deletions (
      account_id ${text} not null,
      task_id ${text} not null,
      deleted_at ${integer} not null,
      primary key (account_id, task_id)
    ) ${clustered}`,
  ],
};
