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

  /** `ended` is called once the work is over, however it ended. */
  async perform<T>(work: (tx: Tx) => T | Promise<T>, ended?: () => void): Promise<T> {
    try {
      const value = await work(this);
      if (this.#failure !== undefined) throw this.#failure.error;
      return value;
    } finally {
      this.#over = true;
      ended?.();
    }
  }

  // Not async functions: SQLite has answered by the time it is asked, and each of these runs several times a request.

  first(statement: Statement, parameters: object): Promise<object | undefined> {
    try {
      this.#mayGoOn();
      return this.#outcome(this.#executor.first(statement, statement.values(parameters)));
    } catch (error) {
      return Promise.reject(this.#failed(error));
    }
  }

  all(statement: Statement, parameters: object): Promise<object[]> {
    try {
      this.#mayGoOn();
      return this.#outcome(this.#executor.all(statement, statement.values(parameters)));
    } catch (error) {
      return Promise.reject(this.#failed(error));
    }
  }

  run(statement: Statement, parameters: object): Promise<number> {
    try {
      this.#mayGoOn();
      if (this.#written === undefined) throw new Error(`${statement.name} writes, in a transaction that only reads`);
      const raised = raisedBy(statement.compiled);
      if (raised !== undefined) this.#written.add(raised);
      return this.#outcome(this.#executor.run(statement, statement.values(parameters)));
    } catch (error) {
      return Promise.reject(this.#failed(error));
    }
  }

  #outcome<T>(given: T | Promise<T>): Promise<T> {
    if (!(given instanceof Promise)) return Promise.resolve(given);
    return given.catch((error: unknown) => {
      throw this.#failed(error);
    });
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
