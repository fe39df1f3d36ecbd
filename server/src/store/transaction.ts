import type { Statement, Tx, Value } from "./statement.ts";
import type { TableName } from "./tables.ts";
import { raisedBy } from "./versions.ts";

/** What a database does with a statement and the values of its placeholders. */
export interface Executor {
  first(statement: Statement, values: Value[]): object | undefined | Promise<object | undefined>;
  all(statement: Statement, values: Value[]): object[] | Promise<object[]>;
  run(statement: Statement, values: Value[]): number | Promise<number>;
}

/**
 * One transaction's statements. After one has failed there is nothing more to be had from it, whether or not the failure
 * was caught: PostgreSQL would refuse the rest, and would take a COMMIT for a ROLLBACK without saying so.
 */
export class Transaction implements Tx {
  readonly #executor: Executor;
  readonly #written: Set<TableName> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #over = false;

  /** `written` collects the tables whose versions rise; without it the transaction only reads. */
  constructor(executor: Executor, written: Set<TableName> | undefined) {
    this.#executor = executor;
    this.#written = written;
  }

  /** The first statement's failure. */
  get failure(): unknown {
    return this.#failure?.error;
  }

  async perform<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    try {
      const value = await work(this);
      if (this.#failure !== undefined) throw this.#failure.error;
      return value;
    } finally {
      this.#over = true;
    }
  }

  async first(statement: Statement, parameters: object): Promise<object | undefined> {
    this.#mayGoOn();
    try {
      return await this.#executor.first(statement, statement.values(parameters));
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async all(statement: Statement, parameters: object): Promise<object[]> {
    this.#mayGoOn();
    try {
      return await this.#executor.all(statement, statement.values(parameters));
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async run(statement: Statement, parameters: object): Promise<number> {
    this.#mayGoOn();
    try {
      if (this.#written === undefined) throw new Error(`${statement.name} writes, in a transaction that only reads`);
      const raised = raisedBy(statement.compiled);
      if (raised !== undefined) this.#written.add(raised);
      return await this.#executor.run(statement, statement.values(parameters));
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #mayGoOn(): void {
    if (this.#over) throw new Error("this transaction is over");
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #failed(error: unknown): unknown {
    this.#failure ??= { error };
    return error;
  }
}
