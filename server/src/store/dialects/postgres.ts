import pg from "pg";
import { type ColumnTypes, migrationsAfter } from "../migrations/migration.ts";
import { deleteEverything } from "../reset.ts";
import { numbered, type Statement, type Tx, type Value } from "../statement.ts";
import type { Statistics, Store } from "../store.ts";
import { Conflict, reasonOf, StoreError } from "../store-error.ts";
import type { TableName } from "../tables.ts";
import { type Executor, Transaction } from "../transaction.ts";

export const postgresTypes: ColumnTypes = {
  text: 'text collate "C"',
  integer: "bigint",
  bytes: "bytea",
  clustered: "",
  heap: "",
};

/** Of the database's advisory locks, the first key of ours; the second is the schema. */
const advisoryLocks = 0x4373676e;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const serializationFailure = "40001";
const deadlockDetected = "40P01";
const uniqueViolation = "23505";

const int8 = 20;

const types: pg.CustomTypesConfig = {
  // Counts, and times in milliseconds: far below 2^53.
  getTypeParser: (oid, format) => (oid === int8 && format !== "binary" ? Number : pg.types.getTypeParser(oid, format)),
};

export async function openPostgres(url: string, schema: string): Promise<Store> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new StoreError("unusable", `The PostgreSQL schema ${JSON.stringify(schema)} has no plain lower-case name.`);
  }
  const pool = new pg.Pool({ connectionString: withSettings(url, schema), types, connectionTimeoutMillis: 30_000 });
  // A connection that breaks while idle is simply replaced; one that breaks in use fails its own statement.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await migrate(await connect(pool, url), schema);
  } catch (error) {
    await pool.end();
    if (error instanceof StoreError) throw error;
    throw new StoreError("unusable", `The PostgreSQL schema ${schema} cannot be used: ${reasonOf(error)}.`, error);
  }
  return new PostgresStore(pool, url);
}

/**
 * Every statement has an index to go by, so one plan fits every value and no statistics are needed. Left alone, the planner
 * scans and sorts small or unanalyzed tables: and a serializable transaction that scans a table meets all its writers.
 */
export const planning: readonly string[] = [
  "enable_seqscan=off",
  "enable_bitmapscan=off",
  "enable_sort=off",
  "enable_hashjoin=off",
  "enable_mergejoin=off",
  "plan_cache_mode=force_generic_plan",
];

function withSettings(url: string, schema: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new StoreError("unreachable", "The PostgreSQL URL is not a URL like postgres://user:password@host/database.");
  }
  const settings = [
    parsed.searchParams.get("options") ?? "",
    `-c search_path=${schema}`,
    ...planning.map((setting) => `-c ${setting}`),
    // A node that stands still must not keep the others waiting for its turn.
    "-c idle_in_transaction_session_timeout=10000",
  ];
  parsed.searchParams.set("options", settings.join(" ").trim());
  if (!parsed.searchParams.has("application_name")) parsed.searchParams.set("application_name", "countersign");
  return parsed.href;
}

async function connect(pool: pg.Pool, url: string): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    const { hostname, port, pathname } = new URL(url);
    const where = `${hostname}:${port === "" ? "5432" : port}${pathname}`;
    throw new StoreError("unreachable", `PostgreSQL at ${where} cannot be reached: ${reasonOf(error)}.`, error);
  }
}

async function migrate(client: pg.PoolClient, schema: string): Promise<void> {
  try {
    await client.query("begin");
    // Nodes that start together wait for each other here.
    await client.query("select pg_advisory_xact_lock($1, hashtext($2))", [advisoryLocks, schema]);
    const known = await client.query("select 1 from pg_namespace where nspname = $1", [schema]);
    if (known.rows.length === 0) await client.query(`create schema ${schema}`);
    await client.query(
      "create table if not exists migrations (number bigint not null primary key, name text not null)",
    );
    // Nothing is ever in it: transactions lock it to be alone.
    await client.query("create table if not exists turns ()");
    const { rows } = await client.query<{ current: number }>(
      "select coalesce(max(number), 0) as current from migrations",
    );
    for (const migration of migrationsAfter(rows[0]?.current ?? 0)) {
      for (const sql of migration.statements(postgresTypes)) await client.query(sql);
      await client.query("insert into migrations (number, name) values ($1, $2)", [migration.number, migration.name]);
    }
    await client.query("commit");
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const texts = new Map<Statement, string>();

function textOf(statement: Statement): string {
  let text = texts.get(statement);
  if (text === undefined) {
    text = numbered(statement.compiled.sql);
    texts.set(statement, text);
  }
  return text;
}

/** Runs statements on a connection, prepared there under their names. */
class ClientExecutor implements Executor {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async first(statement: Statement, values: Value[]): Promise<object | undefined> {
    return (await this.#query(statement, values)).rows[0];
  }

  async all(statement: Statement, values: Value[]): Promise<object[]> {
    return (await this.#query(statement, values)).rows;
  }

  async run(statement: Statement, values: Value[]): Promise<number> {
    return (await this.#query(statement, values)).rowCount ?? 0;
  }

  async #query(statement: Statement, values: Value[]): Promise<pg.QueryResult<object>> {
    try {
      return await this.#client.query<object>({ name: statement.name, text: textOf(statement), values });
    } catch (error) {
      const { writes } = statement.compiled;
      if (writes !== undefined && sqlState(error) === uniqueViolation) throw new Conflict(writes, error);
      throw error;
    }
  }
}

function sqlState(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function isSerializationFailure(error: unknown): boolean {
  const state = sqlState(error);
  return state === serializationFailure || state === deadlockDetected;
}

/** One attempt at a transaction that came to nothing. */
class Failed {
  /** What the work, or its commit, threw. */
  readonly error: unknown;
  /** What the database said. */
  readonly failure: unknown;

  constructor(error: unknown, failure: unknown) {
    this.error = error;
    this.failure = failure;
  }
}

/**
 * Transactions run side by side until they meet; one that has met another runs again alone. LOCK TABLE comes before the
 * snapshot is taken, so what runs alone sees all that went before and meets nobody. Locks are granted in the order of
 * asking: nobody starves, as with retries against ever new company.
 */
const begin = {
  reading: "begin isolation level repeatable read read only",
  inCompany: "begin isolation level serializable; lock table turns in row share mode",
  alone: "begin isolation level serializable; lock table turns in exclusive mode",
};
/** More than the two it takes, for the sake of other clients of the same tables. */
const mostAttempts = 5;

class PostgresStore implements Store {
  readonly kind = "postgres";
  readonly #pool: pg.Pool;
  readonly #url: string;
  #reads = 0;
  #writes = 0;
  #retries = 0;
  #closed: Promise<void> | undefined;

  constructor(pool: pg.Pool, url: string) {
    this.#pool = pool;
    this.#url = url;
  }

  async read<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    const client = await this.#connect();
    this.#reads++;
    const outcome = await this.#transact(client, begin.reading, undefined, work);
    if (outcome instanceof Failed) throw outcome.error;
    return outcome.value;
  }

  async write<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const client = await this.#connect();
      const outcome = await this.#transact(client, attempt === 1 ? begin.inCompany : begin.alone, new Set(), work);
      if (!(outcome instanceof Failed)) {
        this.#writes++;
        return outcome.value;
      }
      const { error, failure } = outcome;
      if (isSerializationFailure(failure)) {
        if (attempt === mostAttempts) {
          throw new StoreError("contention", `A transaction lost to others ${mostAttempts} times.`, failure);
        }
      } else if (!(failure instanceof Conflict) || attempt > 1) {
        throw error;
      }
      // As to a Conflict: another may have inserted the row after this one looked. Alone, it finds the row if so.
      this.#retries++;
    }
  }

  watch(): () => undefined {
    return () => undefined;
  }

  statistics(): Statistics {
    return { reads: this.#reads, writes: this.#writes, commits: this.#writes, retries: this.#retries };
  }

  reset(): Promise<void> {
    return this.write(deleteEverything);
  }

  close(): Promise<void> {
    this.#closed ??= this.#pool.end();
    return this.#closed;
  }

  #connect(): Promise<pg.PoolClient> {
    if (this.#closed !== undefined) throw new StoreError("closed", "The store is closed.");
    return connect(this.#pool, this.#url);
  }

  async #transact<T>(
    client: pg.PoolClient,
    opening: string,
    written: Set<TableName> | undefined,
    work: (tx: Tx) => T | Promise<T>,
  ): Promise<{ value: T } | Failed> {
    const transaction = new Transaction(new ClientExecutor(client), written);
    try {
      await client.query(opening);
      const value = await transaction.perform(work);
      await client.query("commit");
      client.release();
      return { value };
    } catch (error) {
      // A connection that cannot even roll back is closed, which gives up its transaction.
      await client.query("rollback").then(
        () => client.release(),
        () => client.release(true),
      );
      return new Failed(error, transaction.failure ?? error);
    }
  }
}
