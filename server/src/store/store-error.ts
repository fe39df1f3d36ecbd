import type { TableName } from "./tables.ts";

/**
 * unusable: the file, directory or schema cannot be a store. locked: another process owns the data file. newer: a later
 * version of this program wrote it. unreachable: no PostgreSQL there, or it refuses. contention: a transaction lost to
 * others too often. closed: the store has been closed.
 */
export type StoreErrorCode = "unusable" | "locked" | "newer" | "unreachable" | "contention" | "closed";

/** Its message is one line for the operator. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message.replaceAll(/\s*\n\s*/g, " "), cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** A unique key of this table is taken. The transaction in which it happened cannot be committed any more. */
export class Conflict extends Error {
  override readonly name = "Conflict";
  readonly table: TableName;

  constructor(table: TableName, cause: unknown) {
    super(`a row of ${table} with this key exists`, { cause });
    this.table = table;
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
