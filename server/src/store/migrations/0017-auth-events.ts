import type { Migration } from "./migration.ts";

export const authEvents: Migration = {
  number: 17,
  name: "auth events",
  statements: ({ text, integer, heap }) => [
    `create table auth_events (
      user_id ${text} not null,
      number ${integer} not null,
      event_id ${text} not null,
      pool_id ${text} not null,
      created_at ${integer} not null,
      event_type ${text} not null,
      response ${text} not null,
      risk_decision ${text} not null,
      risk_level ${text},
      is_compromised ${integer} not null,
      challenges_json ${text} not null,
      ip ${text} not null,
      device_name ${text},
      device_id ${text},
      country ${text},
      timezone ${text},
      feedback_value ${text},
      feedback_provider ${text},
      feedback_at ${integer},
      primary key (user_id, number)
    ) ${heap}`,
    "create index auth_events_by_id on auth_events (user_id, event_id)",
    "create index auth_events_by_pool on auth_events (pool_id)",
  ],
};
