import type { Migration } from "./migration.ts";

export const delegation: Migration = {
  number: 7,
  name: "delegation",
  statements: ({ text, integer, clustered, heap }) => [
    `create table delegation_requests (
      request_id ${text} not null primary key,
      requestor_account ${text} not null,
      workflow_id ${text} not null,
      owner_account ${text},
      owner_arn ${text},
      approver_arn ${text},
      state ${text} not null,
      created_at ${integer} not null,
      updated_at ${integer} not null,
      expires_at ${integer} not null,
      description ${text} not null,
      request_message ${text},
      redirect_url ${text},
      notification_channel ${text} not null,
      session_duration ${integer} not null,
      only_send_by_owner ${integer},
      permissions_json ${text} not null,
      policy ${text} not null,
      notes ${text},
      rejection_reason ${text},
      access_expires_at ${integer},
      unique (requestor_account, workflow_id)
    ) ${heap}`,
    `create index delegation_requests_by_account on delegation_requests (owner_account, request_id)
      where owner_arn is not null`,
    `create index delegation_requests_by_owner on delegation_requests (owner_arn, request_id)
      where owner_arn is not null`,

    `create table account_properties (
      account_id ${text} not null,
      name ${text} not null,
      value ${text} not null,
      primary key (account_id, name)
    ) ${clustered}`,

    `create table role_sources (
      role_id ${text} not null primary key,
      template_arn ${text} not null,
      template_minor_version ${integer} not null,
      parameters_json ${text} not null
    ) ${clustered}`,
  ],
};
