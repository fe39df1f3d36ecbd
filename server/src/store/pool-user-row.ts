import type { PoolUsersTable } from "./tables.ts";

export interface PoolUserRow extends Omit<PoolUsersTable, "attributes_json" | "enabled"> {
  readonly enabled: boolean;
  /** By name, without `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
}

export function storedPoolUser({ attributes, enabled, ...row }: PoolUserRow): PoolUsersTable {
  return { ...row, enabled: enabled ? 1 : 0, attributes_json: JSON.stringify(attributes) };
}

export function poolUserOf({ attributes_json, enabled, ...row }: PoolUsersTable): PoolUserRow {
  return { ...row, enabled: enabled === 1, attributes: JSON.parse(attributes_json) as Record<string, string> }; // `storedPoolUser` wrote it
}
