import type { Tx } from "./statement.ts";
import type { TableName } from "./tables.ts";

export type { Tx } from "./statement.ts";
export { Conflict, StoreError, type StoreErrorCode } from "./store-error.ts";

export type StoreOptions =
  | { readonly kind: "memory" }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: string; readonly schema?: string | undefined };

/** Since the store was opened. */
export interface Statistics {
  /** Transactions begun by `read`. */
  readonly reads: number;
  /** Transactions of `write` that were kept. */
  readonly writes: number;
  /** How often the database was told to keep something: fewer than writes, where writes share a commit. */
  readonly commits: number;
  /** How often a transaction ran again because it had met another one. */
  readonly retries: number;
}

/**
 * Work gets a transaction and may await its statements, nothing else: SQLite's only writer waits for it meanwhile, and
 * PostgreSQL may run it again from the start.
 */
export interface Store {
  readonly kind: StoreOptions["kind"];
  /** One snapshot of everything that was acknowledged before, to read from. */
  read<T>(work: (tx: Tx) => T | Promise<T>): Promise<T>;
  /**
   * One serializable transaction. What it wrote is durable when the promise resolves; nothing of it remains when it
   * rejects.
   */
  write<T>(work: (tx: Tx) => T | Promise<T>): Promise<T>;
  /**
   * A number that changes with every commit that may alter rows of these tables: what caches of them compare. Inserting
   * users or access keys does not count, as a cache of what was found holds none of them. Undefined where other
   * processes write, too: then nothing may be cached.
   */
  watch(tables: readonly TableName[]): () => number | undefined;
  statistics(): Statistics;
  /** Deletes every row. */
  reset(): Promise<void>;
  /** Waits for what is under way, then lets go of the database. */
  close(): Promise<void>;
}

/** Opens the store and brings its schema up to date. Throws StoreError. */
export async function openStore(options: StoreOptions): Promise<Store> {
  // Each driver is loaded only where it is used.
  if (options.kind === "postgres") {
    const { openPostgres } = await import("./dialects/postgres.ts");
    return openPostgres(options.url, options.schema ?? "public");
  }
  const { openSqliteFile, openSqliteMemory } = await import("./dialects/sqlite.ts");
  return options.kind === "file" ? openSqliteFile(options.path) : openSqliteMemory();
}
