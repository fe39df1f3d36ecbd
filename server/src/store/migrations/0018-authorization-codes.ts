import type { Migration } from "./migration.ts";

export const authorizationCodes: Migration = {
  number: 18,
  name: "authorization codes",
  statements: ({ text, integer, heap }) => [
    `create table authorization_codes (
      code_digest ${text} not null primary key,
      pool_id ${text} not null,
      client_id ${text} not null,
      user_id ${text} not null,
      event_id ${text} not null,
      authenticated_at ${integer} not null,
      expires_at ${integer} not null,
      used ${integer} not null,
      request_json ${text} not null
    ) ${heap}`,
    "create index authorization_codes_by_expiry on authorization_codes (expires_at)",

    // By name alone, for hosts that say no region.
    "create index pool_domains_prefix on pool_domains (domain, region) where is_custom = 0",

    "alter table pool_sessions add column is_hosted integer not null default 0",
    `alter table pool_sessions add column audience ${text}`,
  ],
};
