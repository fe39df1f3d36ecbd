import { Refused } from "./http.ts";

/** In characters of JSON: what a request is remembered by, far beyond any real one. */
const longest = 16_384;

/** Refuses what would be too much to remember. */
export function requireShort(remembered: object): void {
  if (JSON.stringify(remembered).length > longest) throw new Refused("The request is too long.");
}

/** What is forgotten after a while, and the oldest sooner where there is too much: nobody fills the memory by asking. */
export class BoundedMap<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly #most: number;
  readonly #lifetime: number;

  /** `lifetime` in milliseconds. */
  constructor(most: number, lifetime: number) {
    this.#most = most;
    this.#lifetime = lifetime;
  }

  set(key: string, value: Value, now: number): void {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.#most && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, { value, until: now + this.#lifetime });
  }

  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && now < entry.until ? entry.value : undefined;
  }

  /** Once: it is forgotten by this. */
  take(key: string, now: number): Value | undefined {
    const value = this.get(key, now);
    this.#entries.delete(key);
    return value;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  entries(now: number): [key: string, value: Value][] {
    return [...this.#entries].flatMap(([key, { value, until }]) => (now < until ? [[key, value]] : []));
  }
}
