import type { Log } from "../runtime/log.ts";

/** How long what is noted may wait, in milliseconds. */
const delayMs = 1000;

/**
 * When to write what was noted in memory as requests passed, so that reading stays reading: soon after something is noted,
 * and when the process stops. A crash loses at most what was noted since. What fails is due again next time.
 */
export class WriteBehind {
  readonly #write: () => Promise<void>;
  readonly #log: Log;
  readonly #what: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Log, what: string, write: () => Promise<void>) {
    this.#log = log;
    this.#what = what;
    this.#write = write;
  }

  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.now().catch((error: unknown) => this.#log.warn(`${this.#what} not written`, { error }));
    }, delayMs).unref();
  }

  now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#write();
  }
}
