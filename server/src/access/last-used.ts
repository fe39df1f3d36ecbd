import type { Log } from "../runtime/log.ts";
import { accessKeyUses } from "../store/access-key-uses.ts";
import { roles } from "../store/roles.ts";
import type { Store, Tx } from "../store/store.ts";
import { WriteBehind } from "./write-behind.ts";

export interface RoleUse {
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
  readonly region: string;
}

export interface KeyUse extends RoleUse {
  readonly service: string;
}

/** Finer than this nobody asks: a key in steady use is written once a minute, not once a request. */
const granularityMs = 60_000;

/** What was noted in memory, by id, and what of it is still to be written. */
class Notes<Use extends RoleUse> {
  readonly #noted = new Map<string, Use>();
  readonly #unwritten = new Set<string>();

  /** Whether this is worth writing. */
  note(id: string, use: Use, isSamePlace: (before: Use) => boolean): boolean {
    const before = this.#noted.get(id);
    if (before !== undefined && isSamePlace(before) && Math.abs(use.usedAt - before.usedAt) < granularityMs) {
      return false;
    }
    if (this.#noted.size >= 10_000) this.#forgetWritten();
    this.#noted.set(id, use);
    this.#unwritten.add(id);
    return true;
  }

  unwritten(id: string): Use | undefined {
    return this.#unwritten.has(id) ? this.#noted.get(id) : undefined;
  }

  due(): readonly (readonly [id: string, use: Use])[] {
    return [...this.#unwritten].flatMap((id) => {
      const use = this.#noted.get(id);
      return use === undefined ? [] : [[id, use] as const];
    });
  }

  written(due: readonly (readonly [id: string, use: Use])[]): void {
    for (const [id, use] of due) if (this.#noted.get(id) === use) this.#unwritten.delete(id);
  }

  forget(): void {
    this.#noted.clear();
    this.#unwritten.clear();
  }

  #forgetWritten(): void {
    for (const id of this.#noted.keys()) if (!this.#unwritten.has(id)) this.#noted.delete(id);
  }
}

/**
 * Which access key, and which role, was last used where. Noted in memory and written behind the requests; `of` and
 * `ofRole` answer with what is noted but not yet written, too.
 */
export class LastUsed {
  readonly #store: Store;
  readonly #keys = new Notes<KeyUse>();
  readonly #roles = new Notes<RoleUse>();
  readonly #writing: WriteBehind;

  constructor(store: Store, log: Log) {
    this.#store = store;
    this.#writing = new WriteBehind(log, "last use of keys and roles", () => this.#write());
  }

  note(accessKeyId: string, usedAt: number, region: string, service: string): void {
    const isNews = this.#keys.note(
      accessKeyId,
      { usedAt, region, service },
      (before) => before.service === service && before.region === region,
    );
    if (isNews) this.#writing.soon();
  }

  noteRole(roleId: string, usedAt: number, region: string): void {
    if (this.#roles.note(roleId, { usedAt, region }, (before) => before.region === region)) this.#writing.soon();
  }

  /** What is noted and not yet written, or else what was written, which another node on the same database may have done. */
  async of(tx: Tx, accessKeyId: string): Promise<KeyUse | undefined> {
    const noted = this.#keys.unwritten(accessKeyId);
    if (noted !== undefined) return noted;
    const row = await accessKeyUses.find(tx, accessKeyId);
    return row === undefined ? undefined : { usedAt: row.used_at, region: row.region, service: row.service };
  }

  async ofRole(tx: Tx, roleId: string): Promise<RoleUse | undefined> {
    const noted = this.#roles.unwritten(roleId);
    if (noted !== undefined) return noted;
    const row = await roles.findUse(tx, roleId);
    return row === undefined ? undefined : { usedAt: row.used_at, region: row.region };
  }

  /** For a store that was emptied: what was noted is of keys that are no more, or of others with their ids. */
  forget(): void {
    this.#keys.forget();
    this.#roles.forget();
  }

  /** Writes what is noted, now. */
  flush(): Promise<void> {
    return this.#writing.now();
  }

  async #write(): Promise<void> {
    const dueKeys = this.#keys.due();
    const dueRoles = this.#roles.due();
    if (dueKeys.length + dueRoles.length === 0) return;
    await this.#store.write(async (tx) => {
      for (const [id, use] of dueKeys) {
        await accessKeyUses.note(tx, {
          access_key_id: id,
          used_at: use.usedAt,
          region: use.region,
          service: use.service,
        });
      }
      for (const [id, use] of dueRoles) {
        await roles.noteUse(tx, { role_id: id, used_at: use.usedAt, region: use.region });
      }
    });
    this.#keys.written(dueKeys);
    this.#roles.written(dueRoles);
  }
}
