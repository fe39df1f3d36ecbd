import {
  type Compilable,
  DummyDriver,
  Kysely,
  type LimitNode,
  type OperationNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RootOperationNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  TableNode,
} from "kysely";
import { type CompiledStatement, numbered, type Value } from "./statement.ts";
import { type TableName, type Tables, tableNames } from "./tables.ts";

/**
 * SQLite plans a statement anew whenever the bare placeholder of its limit is bound, since the value may change the plan
 * (sqlite3ExprIsInteger, from 3.47 on; its stability guarantee cannot be asked for through node:sqlite), and that costs
 * ten times the query. It does not look into a cast.
 */
function castLimit(append: (sql: string) => void, visit: (node: OperationNode) => void, { limit }: LimitNode): void {
  append("limit cast(");
  visit(limit);
  append(" as bigint)");
}

class Sqlite extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    castLimit((sql) => this.append(sql), this.visitNode, node);
  }
}

class Postgres extends PostgresQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    castLimit((sql) => this.append(sql), this.visitNode, node);
  }
}

/** Kysely with everything but a database. */
const sqlite = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new Sqlite(),
  },
});

const postgres = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new Postgres(),
  },
});

/** Stands in the query where a value will be; Kysely passes it through to the list of parameters. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) });

export function compileStatement(build: (db: Kysely<Tables>, slots: object) => Compilable<unknown>): CompiledStatement {
  const { sql, parameters, query } = build(sqlite, slots).compile();
  const other = build(postgres, slots).compile();
  if (numbered(sql) !== other.sql || parameters.length !== other.parameters.length) {
    throw new Error(`PostgreSQL would want other SQL than SQLite: ${sql}`);
  }
  const compiled = { sql, parameters: parameters.map(parameter) };
  const table = written(query);
  return table === undefined ? compiled : { ...compiled, writes: table, alters: alters(query) };
}

function parameter(value: unknown): string | { constant: Value } {
  if (value instanceof Slot) return value.name;
  if (typeof value === "string" || typeof value === "number" || value === null) return { constant: value };
  throw new TypeError(`a statement cannot hold the constant ${String(value)}`);
}

function written(query: RootOperationNode): TableName | undefined {
  let table: OperationNode | undefined;
  if (query.kind === "InsertQueryNode") table = query.into;
  else if (query.kind === "UpdateQueryNode") table = query.table;
  else if (query.kind === "DeleteQueryNode") table = query.from.froms[0];
  else return undefined;
  const name = table !== undefined && TableNode.is(table) ? table.table.identifier.name : undefined;
  const found = tableNames.find((candidate) => candidate === name);
  if (found === undefined) throw new Error("a statement must write one table, by its name");
  return found;
}

function alters(query: RootOperationNode): boolean {
  return query.kind !== "InsertQueryNode" || query.onConflict?.updates !== undefined;
}
