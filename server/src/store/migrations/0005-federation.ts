import type { Migration } from "./migration.ts";

export const federation: Migration = {
  number: 5,
  name: "federation",
  statements: ({ text, integer, bytes, clustered, heap }) => [
    // Metadata is fat, and lists do not show it.
    `create table saml_providers (
      account_id ${text} not null,
      name_key ${text} not null,
      provider_name ${text} not null,
      provider_id ${text} not null unique,
      created_at ${integer} not null,
      valid_until ${integer} not null,
      metadata ${text} not null,
      trusted_json ${text} not null,
      encryption_mode ${text} not null,
      tags_json ${text} not null,
      primary key (account_id, name_key)
    ) ${heap}`,

    `create table saml_provider_keys (
      provider_id ${text} not null,
      key_id ${text} not null,
      private_key_sealed ${bytes} not null,
      created_at ${integer} not null,
      position ${integer} not null,
      primary key (provider_id, position)
    ) ${heap}`,

    `create table used_assertions (
      digest ${text} not null primary key,
      expires_at ${integer} not null
    ) ${clustered}`,
    `create index used_assertions_by_end on used_assertions (expires_at)`,

    `create table oidc_providers (
      account_id ${text} not null,
      url ${text} not null,
      created_at ${integer} not null,
      client_ids_json ${text} not null,
      thumbprints_json ${text} not null,
      tags_json ${text} not null,
      primary key (account_id, url)
    ) ${heap}`,

    `create table outbound_issuers (
      account_id ${text} not null primary key,
      issuer_id ${text} not null unique,
      is_enabled ${integer} not null
    ) ${clustered}`,

    `create table outbound_issuer_keys (
      issuer_id ${text} not null,
      algorithm ${text} not null,
      private_key_sealed ${bytes} not null,
      created_at ${integer} not null,
      primary key (issuer_id, algorithm)
    ) ${heap}`,
  ],
};
