import type { PoolUsersTable } from "./tables.ts";

export interface PoolUserRow extends Omit<PoolUsersTable, "attributes_json" | "enabled"> {
  readonly enabled: boolean;
  /** By name, without `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What lists are of: no more than they show, never a password's verifier, and attributes as they are stored. */
export const listedColumns = [
  "user_id",
  "username",
  "status",
  "enabled",
  "created_at",
  "modified_at",
  "attributes_json",
  "mfa_json",
] as const;

export type ListedPoolUser = Pick<PoolUserRow, Exclude<(typeof listedColumns)[number], "attributes_json">> &
  Pick<PoolUsersTable, "attributes_json">;

export function storedPoolUser({ attributes, enabled, ...row }: PoolUserRow): PoolUsersTable {
  return { ...row, enabled: enabled ? 1 : 0, attributes_json: JSON.stringify(attributes) };
}

/** Member by member: spreading the rest of a row takes three times as long. */
export function poolUserOf(row: PoolUsersTable): PoolUserRow {
  return {
    user_id: row.user_id,
    pool_id: row.pool_id,
    username: row.username,
    username_key: row.username_key,
    status: row.status,
    enabled: row.enabled === 1,
    created_at: row.created_at,
    modified_at: row.modified_at,
    attributes: attributesOf(row.attributes_json),
    password_sealed: row.password_sealed,
    password_set_at: row.password_set_at,
    password_expires_at: row.password_expires_at,
    mfa_json: row.mfa_json,
    signed_out_at: row.signed_out_at,
  };
}

/** As above: there are sixty on a page. */
export function listedPoolUserOf(row: Pick<PoolUsersTable, (typeof listedColumns)[number]>): ListedPoolUser {
  return {
    user_id: row.user_id,
    username: row.username,
    status: row.status,
    enabled: row.enabled === 1,
    created_at: row.created_at,
    modified_at: row.modified_at,
    attributes_json: row.attributes_json,
    mfa_json: row.mfa_json,
  };
}

/** By name, without `sub`. */
export function attributesOf(json: string): Record<string, string> {
  return JSON.parse(json) as Record<string, string>; // `storedPoolUser` wrote it
}
