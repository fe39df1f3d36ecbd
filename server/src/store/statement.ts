import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Compilable, QueryCreator } from "kysely";
import type { TableName, Tables } from "./tables.ts";

/** What a parameter is and a column holds. */
export type Value = string | number | null | Uint8Array;

/** A statement's parameters while it is built: each stands for a value that comes when it runs. */
export type Slots<Parameters extends { readonly [Name in keyof Parameters]: Value }> = Readonly<Parameters>;

/** An open transaction. Aggregates run their statements through it; nothing but statements may be awaited inside. */
export interface Tx {
  first(statement: Statement, parameters: object): Promise<object | undefined>;
  all(statement: Statement, parameters: object): Promise<object[]>;
  /** The number of rows changed. */
  run(statement: Statement, parameters: object): Promise<number>;
}

type Creator = QueryCreator<Tables>;
type Build = (creator: Creator, slots: object) => Compilable<unknown>;

/** A statement as both databases take it. */
export interface CompiledStatement {
  /** With `?` for each value. */
  readonly sql: string;
  /** In the order of the placeholders: a slot's name, or a constant. */
  readonly parameters: readonly (string | { readonly constant: Value })[];
  /** The table written. */
  readonly writes?: TableName | undefined;
  /** False for a plain insert. */
  readonly alters?: boolean | undefined;
}

/** The SQL as PostgreSQL takes it: no text of a statement holds a question mark, since every text is a parameter. */
export function numbered(sql: string): string {
  let number = 0;
  return sql.replaceAll("?", () => `$${++number}`);
}

/** What statements.json holds for each name; `source` tells when the statement has been edited since. */
export type CompiledStatements = Readonly<Record<string, CompiledStatement & { readonly source: string }>>;

/**
 * One SQL statement, written with Kysely, which checks it against the tables and infers its rows. Loading Kysely takes
 * longer than the rest of a start, so compile-statements.ts keeps the SQL of every statement in statements.json, and only
 * one that is not there, or was edited since, is compiled when first used.
 */
export class Statement {
  readonly name: string;
  readonly #build: Build;
  #compiled: CompiledStatement | undefined;

  constructor(name: string, build: Build) {
    this.name = name;
    this.#build = build;
  }

  /** White space aside, so that formatting changes nothing. */
  get source(): string {
    return createHash("sha256").update(this.#build.toString().replaceAll(/\s+/g, " ")).digest("base64url").slice(0, 12);
  }

  get compiled(): CompiledStatement {
    if (this.#compiled === undefined) {
      const stored = storedStatements()[this.name];
      this.#compiled = stored?.source === this.source ? stored : this.compile();
    }
    return this.#compiled;
  }

  compile(): CompiledStatement {
    const require = createRequire(import.meta.url);
    const { compileStatement } = require("./compiler.ts") as typeof import("./compiler.ts"); // require knows no types
    return compileStatement(this.#build);
  }

  /** The values in the order of the placeholders. */
  values(parameters: object): Value[] {
    const named = parameters as Readonly<Record<string, Value>>; // `statement` below typed them by the slots
    const values: Value[] = [];
    for (const parameter of this.compiled.parameters) {
      const value = typeof parameter === "string" ? named[parameter] : parameter.constant;
      // PostgreSQL's driver would take it for null.
      if (value === undefined) throw new TypeError(`${this.name}: parameter ${JSON.stringify(parameter)} is missing`);
      values.push(value);
    }
    return values;
  }
}

let stored: CompiledStatements | undefined;

function storedStatements(): CompiledStatements {
  stored ??= JSON.parse(readFileSync(new URL("statements.json", import.meta.url), "utf8")) as CompiledStatements; // a test keeps it so
  return stored;
}

/** Every statement of the aggregates that are loaded, by name. */
export const statements: Map<string, Statement> = new Map();

function register(name: string, build: Build): Statement {
  if (statements.has(name)) throw new Error(`two statements are named ${name}`);
  const added = new Statement(name, build);
  statements.set(name, added);
  return added;
}

/**
 * `statement.first("users.byId", (db, p: Slots<{ userId: string }>) => …)` is a function of a transaction and those
 * parameters. Builders use their arguments alone.
 */
export const statement = {
  /** The first row, or undefined. */
  first<Parameters extends object, Row extends object>(
    name: string,
    build: (db: Creator, slots: Parameters) => Compilable<Row>,
  ): (tx: Tx, parameters: Parameters) => Promise<Row | undefined> {
    const it = register(name, build as Build); // slots are made to the names that the builder asks for
    return (tx, parameters) => tx.first(it, parameters) as Promise<Row | undefined>; // Kysely inferred the row
  },

  /** Every row. */
  all<Parameters extends object, Row extends object>(
    name: string,
    build: (db: Creator, slots: Parameters) => Compilable<Row>,
  ): (tx: Tx, parameters: Parameters) => Promise<Row[]> {
    const it = register(name, build as Build); // as above
    return (tx, parameters) => tx.all(it, parameters) as Promise<Row[]>; // as above
  },

  /** The number of rows changed. */
  run<Parameters extends object>(
    name: string,
    build: (db: Creator, slots: Parameters) => Compilable<unknown>,
  ): (tx: Tx, parameters: Parameters) => Promise<number> {
    const it = register(name, build as Build); // as above
    return (tx, parameters) => tx.run(it, parameters);
  },
};

/** The slots of these columns, for `values` and `set`. */
export function columns<Parameters extends object, Name extends keyof Parameters>(
  slots: Parameters,
  names: readonly Name[],
): Pick<Parameters, Name> {
  return Object.fromEntries(names.map((name) => [name, slots[name]])) as Pick<Parameters, Name>; // exactly these names
}
