import type { CompiledStatement } from "./statement.ts";
import type { TableName } from "./tables.ts";

// A new user or key changes nothing that a cache holds of others: caches keep only what they found. Keys of a pool's tokens
// are found all or none, and a later one comes with an update of the one before.
const tablesThatGrowUnseen: ReadonlySet<TableName> = new Set([
  "users",
  "access_keys",
  "roles",
  "pool_users",
  "pool_sessions",
  "pool_token_keys",
]);

/** The table whose version a statement raises. */
export function raisedBy({ writes, alters }: CompiledStatement): TableName | undefined {
  return writes !== undefined && alters !== true && tablesThatGrowUnseen.has(writes) ? undefined : writes;
}

interface Watch {
  readonly tables: ReadonlySet<TableName>;
  version: number;
}

/** One counter for each set of tables that somebody watches: asking, which every request does, reads one number. */
export class Versions {
  readonly #watches: Watch[] = [];

  watch(tables: readonly TableName[]): () => number {
    const watch: Watch = { tables: new Set(tables), version: 0 };
    this.#watches.push(watch);
    return () => watch.version;
  }

  raise(tables: ReadonlySet<TableName>): void {
    for (const watch of this.#watches) {
      for (const table of tables) {
        if (watch.tables.has(table)) {
          watch.version++;
          break;
        }
      }
    }
  }
}
