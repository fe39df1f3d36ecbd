import type { Migration } from "./migration.ts";

export const poolResources: Migration = {
  number: 12,
  name: "pool resources",
  statements: ({ text, integer, bytes, clustered, heap }) => [
    `create table resource_servers (
      pool_id ${text} not null,
      identifier ${text} not null,
      name ${text} not null,
      scopes_json ${text},
      primary key (pool_id, identifier)
    ) ${heap}`,

    `create table pool_domains (
      region ${text} not null,
      domain ${text} not null,
      pool_id ${text} not null,
      is_custom ${integer} not null,
      version ${text} not null,
      managed_login_version ${integer} not null,
      distribution ${text} not null,
      custom_config_json ${text},
      routing_json ${text},
      primary key (region, domain)
    ) ${clustered}`,
    "create unique index pool_domains_by_pool on pool_domains (pool_id, is_custom)",
    "create unique index pool_domains_custom on pool_domains (domain) where is_custom = 1",

    `create table identity_providers (
      pool_id ${text} not null,
      provider_name ${text} not null,
      provider_type ${text} not null,
      created_at ${integer} not null,
      modified_at ${integer} not null,
      details_sealed ${bytes} not null,
      attribute_mapping_json ${text},
      acr_mapping_json ${text},
      trusted_json ${text},
      trusted_at ${integer},
      primary key (pool_id, provider_name)
    ) ${heap}`,

    `create table identity_provider_identifiers (
      pool_id ${text} not null,
      identifier ${text} not null,
      provider_name ${text} not null,
      position ${integer} not null,
      primary key (pool_id, identifier)
    ) ${clustered}`,
    `create index identity_provider_identifiers_by_provider
      on identity_provider_identifiers (pool_id, provider_name, position)`,

    `create table pool_properties (
      pool_id ${text} not null,
      client_id ${text} not null,
      name ${text} not null,
      value_json ${text} not null,
      modified_at ${integer} not null,
      primary key (pool_id, client_id, name)
    ) ${heap}`,

    "create index pool_properties_by_client on pool_properties (client_id)",

    `create table ui_customizations (
      pool_id ${text} not null,
      client_id ${text} not null,
      css ${text},
      css_version ${text},
      image ${bytes},
      image_name ${text},
      created_at ${integer} not null,
      modified_at ${integer} not null,
      primary key (pool_id, client_id)
    ) ${heap}`,

    "create index ui_customizations_by_client on ui_customizations (client_id)",

    `create table managed_login_brandings (
      branding_id ${text} not null primary key,
      pool_id ${text} not null,
      client_id ${text} not null unique,
      settings_json ${text},
      created_at ${integer} not null,
      modified_at ${integer} not null
    ) ${heap}`,
    "create index managed_login_brandings_by_pool on managed_login_brandings (pool_id)",

    `create table managed_login_assets (
      branding_id ${text} not null,
      position ${integer} not null,
      resource_id ${text} not null,
      category ${text} not null,
      color_mode ${text} not null,
      extension ${text} not null,
      bytes ${bytes} not null,
      primary key (branding_id, position)
    ) ${heap}`,

    `create table terms (
      terms_id ${text} not null primary key,
      pool_id ${text} not null,
      client_id ${text} not null,
      name ${text} not null,
      source ${text} not null,
      enforcement ${text} not null,
      links_json ${text} not null,
      created_at ${integer} not null,
      modified_at ${integer} not null,
      unique (client_id, name)
    ) ${heap}`,
    "create index terms_by_pool on terms (pool_id, terms_id)",

    `create table pool_replicas (
      pool_id ${text} not null,
      region ${text} not null,
      status ${text} not null,
      tags_json ${text} not null,
      created_at ${integer} not null,
      primary key (pool_id, region)
    ) ${clustered}`,
  ],
};
