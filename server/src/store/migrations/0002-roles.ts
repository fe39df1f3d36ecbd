import type { Migration } from "./migration.ts";

export const roles: Migration = {
  number: 2,
  name: "roles",
  statements: ({ text, integer, clustered, heap }) => [
    // Trust policies are fat, and lists show them.
    `create table roles (
      account_id ${text} not null,
      name_key ${text} not null,
      role_name ${text} not null,
      role_id ${text} not null unique,
      path ${text} not null,
      created_at ${integer} not null,
      trust_document ${text} not null,
      description ${text},
      max_session_duration ${integer} not null,
      tags_json ${text} not null,
      permissions_boundary_arn ${text},
      permissions_boundary_policy_id ${text},
      service_name ${text},
      primary key (account_id, name_key)
    ) ${heap}`,
    `create index roles_by_boundary on roles (permissions_boundary_policy_id, account_id, name_key)
      where permissions_boundary_policy_id is not null`,

    `create table role_uses (
      role_id ${text} not null primary key,
      used_at ${integer} not null,
      region ${text} not null
    ) ${clustered}`,
  ],
};
