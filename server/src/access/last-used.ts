import type { Log } from "../runtime/log.ts";
import { accessKeyUses } from "../store/access-key-uses.ts";
import type { Store, Tx } from "../store/store.ts";

export interface KeyUse {
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
  readonly region: string;
  readonly service: string;
}

/** Finer than this nobody asks: a key in steady use is written once a minute, not once a request. */
const granularityMs = 60_000;

/**
 * Which access key was last used where. Noted in memory as requests pass and written behind them, so that reading stays
 * reading; `of` answers with what is noted but not yet written, too. A crash loses at most the uses since the last flush.
 */
export class LastUsed {
  readonly #store: Store;
  readonly #log: Log;
  readonly #noted = new Map<string, KeyUse>();
  readonly #unwritten = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Store, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  note(accessKeyId: string, usedAt: number, region: string, service: string): void {
    const before = this.#noted.get(accessKeyId);
    if (
      before !== undefined &&
      before.service === service &&
      before.region === region &&
      Math.abs(usedAt - before.usedAt) < granularityMs
    ) {
      return;
    }
    if (this.#noted.size >= 10_000) this.#forgetWritten();
    this.#noted.set(accessKeyId, { usedAt, region, service });
    this.#unwritten.add(accessKeyId);
    if (this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.flush().catch((error: unknown) => this.#log.warn("last use of access keys not written", { error }));
      }, 1000);
      this.#timer.unref();
    }
  }

  /** What is noted and not yet written, or else what was written, which another node on the same database may have done. */
  async of(tx: Tx, accessKeyId: string): Promise<KeyUse | undefined> {
    if (this.#unwritten.has(accessKeyId)) return this.#noted.get(accessKeyId);
    const row = await accessKeyUses.find(tx, accessKeyId);
    return row === undefined ? undefined : { usedAt: row.used_at, region: row.region, service: row.service };
  }

  /** For a store that was emptied: what was noted is of keys that are no more, or of others with their ids. */
  forget(): void {
    this.#noted.clear();
    this.#unwritten.clear();
  }

  /** Writes what is noted; called by its own timer and when the process stops. What fails is due again next time. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const due = [...this.#unwritten].flatMap((id) => {
      const use = this.#noted.get(id);
      return use === undefined ? [] : [[id, use] as const];
    });
    if (due.length === 0) return;
    await this.#store.write(async (tx) => {
      for (const [id, use] of due) {
        await accessKeyUses.note(tx, {
          access_key_id: id,
          used_at: use.usedAt,
          region: use.region,
          service: use.service,
        });
      }
    });
    for (const [id, use] of due) if (this.#noted.get(id) === use) this.#unwritten.delete(id);
  }

  #forgetWritten(): void {
    for (const id of this.#noted.keys()) if (!this.#unwritten.has(id)) this.#noted.delete(id);
  }
}
