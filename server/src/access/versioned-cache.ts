/**
 * Keeps what was computed from rows for as long as the store's version says those rows have not changed. Where the store
 * has no version (other nodes write to the same PostgreSQL), nothing is kept and every request reads for itself: a deleted
 * key is dead at once on every node.
 */
export class VersionedCache<V> {
  readonly #version: () => number | undefined;
  readonly #limit: number;
  readonly #entries = new Map<string, V>();
  #known: number | undefined;

  constructor(version: () => number | undefined, limit: number) {
    this.#version = version;
    this.#limit = limit;
  }

  get(key: string): V | undefined {
    if (this.#version() !== this.#known) {
      this.#entries.clear();
      return undefined;
    }
    return this.#entries.get(key);
  }

  /** What is absent is not kept: it may be there a moment later. */
  async load(key: string, read: () => Promise<V | undefined>): Promise<V | undefined> {
    const before = this.#version();
    const value = await read();
    // A commit between reading and keeping would make an old value look new.
    if (value !== undefined && before !== undefined && this.#version() === before) {
      if (this.#known !== before || this.#entries.size >= this.#limit) this.#entries.clear();
      this.#known = before;
      this.#entries.set(key, value);
    }
    return value;
  }
}
