import { closeSync, mkdirSync, openSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type ColumnTypes, migrationsAfter } from "../migrations/migration.ts";
import { deleteEverything } from "../reset.ts";
import type { Statement, Tx, Value } from "../statement.ts";
import type { Statistics, Store } from "../store.ts";
import { Conflict, reasonOf, StoreError } from "../store-error.ts";
import type { TableName } from "../tables.ts";
import { type Executor, Transaction } from "../transaction.ts";
import { Versions } from "../versions.ts";
import { type Checkpoints, checkpointsOf, longestLog } from "./checkpoints.ts";

export const sqliteTypes: ColumnTypes = {
  text: "text",
  integer: "integer",
  bytes: "blob",
  clustered: "strict, without rowid",
  heap: "strict",
};

/** "Csgn" in the file's header: a file of another application is not ours to put tables in. */
const applicationId = 0x4373676e;

/** https://sqlite.org/rescode.html */
const busy = 5;
const constraintPrimaryKey = 1555;
const constraintUnique = 2067;

export function openSqliteMemory(): Store {
  const connection = new Connection(new DatabaseSync(":memory:"));
  migrate(connection.database);
  return new SqliteStore("memory", new SharedConnection(connection), async () => connection.database.close());
}

/** The file belongs to this process until the store is closed. */
export function openSqliteFile(path: string): Store {
  const opened: DatabaseSync[] = [];
  const open = (location: string, options?: { readOnly?: boolean; timeout?: number }) => {
    const database = new DatabaseSync(location, options);
    opened.push(database);
    return database;
  };
  const close = () => {
    // In the reverse order: the lock goes last.
    while (opened.length > 0) opened.pop()?.close();
  };
  try {
    const file = createFile(path);
    lock(open(createFile(`${file}-lock`), { timeout: 0 }), path);
    const database = open(file, { timeout: 5000 });
    refuseForeign(database);
    const prepare = (writer: DatabaseSync) => {
      writer.exec(`
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma wal_autocheckpoint = ${longestLog};
        pragma journal_size_limit = 67108864;
        pragma cache_size = -16384;
        pragma mmap_size = 268435456;
        pragma temp_store = memory;
      `);
      return new Connection(writer);
    };
    const first = prepare(database);
    migrate(database);
    const openWriter = () => prepare(open(file, { timeout: 5000 }));
    const openReader = () => {
      const reader = open(file, { readOnly: true, timeout: 5000 });
      reader.exec("pragma cache_size = -4096; pragma mmap_size = 268435456; pragma temp_store = memory");
      return new Connection(reader);
    };
    const checkpoints = checkpointsOf(file);
    const release = async () => {
      await checkpoints.close();
      database.exec("pragma optimize; pragma wal_checkpoint(truncate)");
      close();
    };
    const connections = new FileConnections(first, openWriter, new FileReaders(openReader));
    return new SqliteStore("file", connections, release, checkpoints);
  } catch (error) {
    close();
    if (error instanceof StoreError) throw error;
    throw new StoreError("unusable", `The data file ${path} cannot be used: ${reasonOf(error)}.`, error);
  }
}

/** The file's one true path. What is in it is for its owner alone. */
function createFile(path: string): string {
  const absolute = resolve(path);
  mkdirSync(dirname(absolute), { recursive: true, mode: 0o700 });
  closeSync(openSync(absolute, "a", 0o600));
  const file = realpathSync(absolute);
  return join(dirname(file), basename(file));
}

/** SQLite's own lock on a file beside the data file: the system releases it when the process ends, however it ends. */
function lock(database: DatabaseSync, path: string): void {
  try {
    database.exec("begin exclusive");
  } catch (error) {
    if (resultCode(error) !== busy) throw error;
    throw new StoreError("locked", `The data file ${path} is in use by another process.`, error);
  }
}

function refuseForeign(database: DatabaseSync): void {
  const id = database.prepare("pragma application_id").get()?.application_id;
  if (id === applicationId) return;
  const tables = database.prepare("select count(*) as total from sqlite_schema").get()?.total;
  if (id !== 0 || tables !== 0) throw new Error("it is a database of another application");
}

function migrate(database: DatabaseSync): void {
  database.exec("begin immediate");
  try {
    const current = Number(database.prepare("pragma user_version").get()?.user_version);
    for (const migration of migrationsAfter(current)) {
      for (const sql of migration.statements(sqliteTypes)) database.exec(sql);
      database.exec(`pragma user_version = ${migration.number}; pragma application_id = ${applicationId}`);
    }
    database.exec("commit");
  } catch (error) {
    if (database.isTransaction) database.exec("rollback");
    throw error;
  }
}

/** The primary result code of an SQLite error, or its extended one. */
function resultCode(error: unknown, extended = false): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return extended ? error.errcode : error.errcode & 0xff;
}

/** What is said to the database beside the statements. */
type Command =
  | "begin"
  | "begin immediate"
  | "commit"
  | "rollback"
  | "savepoint job"
  | "release job"
  | "rollback to job"
  | "select 1 from settings limit 1";

interface Prepared {
  readonly statement: StatementSync;
  readonly columns: readonly string[];
}

/** A connection and the statements prepared on it. */
class Connection implements Executor {
  readonly database: DatabaseSync;
  readonly #prepared = new Map<Statement, Prepared>();
  readonly #commands = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  command(sql: Command): void {
    let command = this.#commands.get(sql);
    if (command === undefined) {
      command = this.database.prepare(sql);
      this.#commands.set(sql, command);
    }
    command.run();
  }

  first(statement: Statement, values: Value[]): object | undefined {
    const prepared = this.#prepare(statement);
    const row = prepared.statement.get(...values);
    return row === undefined ? undefined : rowOf(prepared.columns, row);
  }

  all(statement: Statement, values: Value[]): object[] {
    const { statement: prepared, columns } = this.#prepare(statement);
    return prepared.all(...values).map((row) => rowOf(columns, row));
  }

  run(statement: Statement, values: Value[]): number {
    try {
      return Number(this.#prepare(statement).statement.run(...values).changes);
    } catch (error) {
      const { writes } = statement.compiled;
      const code = resultCode(error, true);
      if (writes !== undefined && (code === constraintUnique || code === constraintPrimaryKey)) {
        throw new Conflict(writes, error);
      }
      throw error;
    }
  }

  #prepare(statement: Statement): Prepared {
    let prepared = this.#prepared.get(statement);
    if (prepared === undefined) {
      const made = this.database.prepare(statement.compiled.sql);
      // Arrays, made into objects here, cost a third less than the objects that node:sqlite would make.
      made.setReturnArrays(true);
      prepared = { statement: made, columns: made.columns().map((column) => column.name) };
      this.#prepared.set(statement, prepared);
    }
    return prepared;
  }
}

function rowOf(columns: readonly string[], values: Readonly<Record<number, unknown>>): object {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < columns.length; at++) row[columns[at] ?? ""] = values[at];
  return row;
}

/** How reads and batches of writes get along. */
interface Connections {
  read<T>(work: (tx: Tx) => T | Promise<T>): Promise<T>;
  /** The connection for a batch of writes, once it may begin. */
  beforeBatch(): Connection | Promise<Connection>;
  beforeCommit(): void;
  afterBatch(): void;
  /** Resolves when the last read is over, and its snapshot is let go of. */
  idle(): Promise<void>;
}

/** Counts what is under way, and tells when nothing is. */
class Activity {
  #count = 0;
  #over: PromiseWithResolvers<void> | undefined;

  get count(): number {
    return this.#count;
  }

  begin(): void {
    this.#count++;
  }

  end(): void {
    if (--this.#count > 0) return;
    this.#over?.resolve();
    this.#over = undefined;
  }

  async idle(): Promise<void> {
    while (this.#count > 0) {
      this.#over ??= Promise.withResolvers();
      await this.#over.promise;
    }
  }
}

interface Reader {
  readonly connection: Connection;
  readonly activity: Activity;
  /** Whether it holds a snapshot. */
  open: boolean;
  pinned: boolean;
}

/**
 * Connections that share a snapshot among their reads. Between two commits, which only this process makes, all snapshots are
 * alike: sharing one saves the locks that taking it costs. Before a commit it is let go of; a read that is late then keeps
 * it, and the connection, while later reads take another.
 */
class FileReaders {
  readonly #open: () => Connection;
  readonly #free: Reader[] = [];
  readonly #all = new Activity();
  #current: Reader | undefined;

  /** `first`: a connection that is open already. */
  constructor(open: () => Connection, first?: Connection) {
    this.#open = open;
    if (first !== undefined) this.#free.push(readerOn(first));
  }

  get connection(): Connection {
    return this.#reader().connection;
  }

  read<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    const reader = this.#reader();
    if (!reader.open) {
      // BEGIN alone takes no snapshot: the first statement does.
      reader.connection.command("begin");
      reader.open = true;
    }
    reader.activity.begin();
    this.#all.begin();
    return new Transaction(reader.connection, undefined).perform(work, () => {
      this.#all.end();
      reader.activity.end();
      if (reader.pinned && reader.activity.count === 0) this.#release(reader);
    });
  }

  letGo(): void {
    const reader = this.#current;
    if (reader === undefined || !reader.open) return;
    if (reader.activity.count === 0) {
      this.#close(reader);
      return;
    }
    // One of them may have asked for nothing yet.
    reader.connection.command("select 1 from settings limit 1");
    reader.pinned = true;
    this.#current = undefined;
  }

  idle(): Promise<void> {
    return this.#all.idle();
  }

  #reader(): Reader {
    this.#current ??= this.#free.pop() ?? readerOn(this.#open());
    return this.#current;
  }

  #release(reader: Reader): void {
    this.#close(reader);
    reader.pinned = false;
    this.#free.push(reader);
  }

  #close(reader: Reader): void {
    reader.connection.command("commit");
    reader.open = false;
  }
}

function readerOn(connection: Connection): Reader {
  return { connection, activity: new Activity(), open: false, pinned: false };
}

/**
 * A file is read by the connection that writes to it: another would have to read every page anew after each commit, which
 * costs five times as much. While a batch is under way reads have a connection of their own, so that they never see what is
 * not committed. A read that is late when a batch begins keeps its connection, and the batch has another.
 */
class FileConnections implements Connections {
  readonly #own: FileReaders;
  readonly #beside: FileReaders;
  #isWriting = false;

  constructor(first: Connection, openWriter: () => Connection, beside: FileReaders) {
    this.#own = new FileReaders(openWriter, first);
    this.#beside = beside;
  }

  read<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    return (this.#isWriting ? this.#beside : this.#own).read(work);
  }

  beforeBatch(): Connection {
    this.#own.letGo();
    this.#isWriting = true;
    return this.#own.connection;
  }

  beforeCommit(): void {
    this.#beside.letGo();
  }

  afterBatch(): void {
    this.#isWriting = false;
  }

  async idle(): Promise<void> {
    await Promise.all([this.#own.idle(), this.#beside.idle()]);
    // A snapshot would keep the log from being truncated.
    this.#own.letGo();
    this.#beside.letGo();
  }
}

/** A database in memory has one connection: reads and batches of writes take turns. */
class SharedConnection implements Connections {
  readonly #connection: Connection;
  readonly #reads = new Activity();
  readonly #batches = new Activity();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async read<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    // Looked at again after each wait: a batch may have begun in the turn between.
    while (this.#batches.count > 0) await this.#batches.idle();
    this.#reads.begin();
    return new Transaction(this.#connection, undefined).perform(work, () => this.#reads.end());
  }

  async beforeBatch(): Promise<Connection> {
    while (this.#reads.count > 0) await this.#reads.idle();
    this.#batches.begin();
    return this.#connection;
  }

  beforeCommit(): void {}

  afterBatch(): void {
    this.#batches.end();
  }

  idle(): Promise<void> {
    return this.#reads.idle();
  }
}

interface Job {
  readonly work: (tx: Tx) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: the writes that come in one turn of the event loop run one after another in one transaction, each in a
 * savepoint of its own, and share one commit, which costs as much as all of them. None is answered before it.
 */
class SqliteStore implements Store {
  readonly kind: "memory" | "file";
  readonly #connections: Connections;
  readonly #release: () => Promise<void>;
  /** Undefined where there is no log. */
  readonly #checkpoints: Checkpoints | undefined;
  readonly #versions = new Versions();
  readonly #lane = new Activity();
  #queue: Job[] = [];
  #reads = 0;
  #writes = 0;
  #commits = 0;
  #closed: Promise<void> | undefined;

  constructor(
    kind: "memory" | "file",
    connections: Connections,
    release: () => Promise<void>,
    checkpoints?: Checkpoints,
  ) {
    this.kind = kind;
    this.#checkpoints = checkpoints;
    this.#connections = connections;
    this.#release = release;
  }

  read<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(closed());
    this.#reads++;
    return this.#connections.read(work);
  }

  write<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(closed());
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#queue.push({ work, resolve: (value) => resolve(value as T), reject }); // what `work` gave
    if (this.#lane.count === 0) {
      this.#lane.begin();
      setImmediate(() => this.#flush());
    }
    return promise;
  }

  watch(tables: readonly TableName[]): () => number {
    return this.#versions.watch(tables);
  }

  statistics(): Statistics {
    return { reads: this.#reads, writes: this.#writes, commits: this.#commits, retries: 0 };
  }

  reset(): Promise<void> {
    return this.write(deleteEverything);
  }

  close(): Promise<void> {
    this.#closed ??= this.#lane
      .idle()
      .then(() => this.#connections.idle())
      .then(() => this.#release());
    return this.#closed;
  }

  async #flush(): Promise<void> {
    const writer = await this.#connections.beforeBatch();
    const jobs = this.#queue;
    this.#queue = [];
    const written = new Set<TableName>();
    let settlements: (() => void)[];
    try {
      settlements = await this.#batch(writer, jobs, written);
    } catch (error) {
      settlements = jobs.map((job) => () => job.reject(error));
      if (writer.database.isTransaction) writer.command("rollback");
    }
    // Even where nothing was kept: a cache may have been filled inside the transaction.
    this.#versions.raise(written);
    this.#connections.afterBatch();
    for (const settle of settlements) settle();
    if (this.#queue.length > 0) setImmediate(() => this.#flush());
    else this.#lane.end();
  }

  /** What to tell whom, once everything is durable; throws where nothing is. */
  async #batch(writer: Connection, jobs: readonly Job[], written: Set<TableName>): Promise<(() => void)[]> {
    const isShared = jobs.length > 1;
    const settlements: (() => void)[] = [];
    let kept = 0;
    writer.command("begin immediate");
    for (const job of jobs) {
      if (isShared) writer.command("savepoint job");
      try {
        const value = await new Transaction(writer, written).perform(job.work);
        if (isShared) writer.command("release job");
        settlements.push(() => job.resolve(value));
        kept++;
      } catch (error) {
        // On a full disk and the like SQLite ends the whole transaction itself.
        if (!isShared || !writer.database.isTransaction) throw error;
        writer.command("rollback to job");
        writer.command("release job");
        settlements.push(() => job.reject(error));
      }
    }
    this.#connections.beforeCommit();
    writer.command("commit");
    this.#writes += kept;
    this.#commits++;
    this.#checkpoints?.written(kept);
    return settlements;
  }
}

function closed(): StoreError {
  return new StoreError("closed", "The store is closed.");
}
