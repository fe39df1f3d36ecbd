/** What workers.ts and its threads tell one another: one byte string, since every object in a message costs both sides. */
import type { KeyObject } from "node:crypto";

/**
 * A signature has a key and a text; a power has base and exponent; a power of a product has base, exponent, factor and
 * outer exponent, all as big-endian bytes.
 */
export interface Task {
  readonly parts: readonly Uint8Array[];
  readonly privateKey?: KeyObject | undefined;
}

/** Tasks, and the keys among theirs that the thread has not been told before. */
export interface PackedTasks {
  readonly packed: Uint8Array;
  readonly keys: readonly { readonly slot: number; readonly key: KeyObject }[];
}

/** How many keys a thread knows: a key is told once, and again when as many others have come since. */
const slots = 256;
const noSlot = slots;

/** Which keys a thread knows, on this side. */
export class ToldKeys {
  readonly #slots = new Map<KeyObject, number>();
  readonly #keys: KeyObject[] = [];
  #next = 0;

  /** Where the thread has this key; it must be told if it is `isNew`. */
  slotOf(key: KeyObject): { readonly slot: number; readonly isNew: boolean } {
    const known = this.#slots.get(key);
    if (known !== undefined) return { slot: known, isNew: false };
    const slot = this.#next;
    this.#next = (slot + 1) % slots;
    const former = this.#keys[slot];
    if (former !== undefined) this.#slots.delete(former);
    this.#keys[slot] = key;
    this.#slots.set(key, slot);
    return { slot, isNew: true };
  }
}

/** Numbers and byte strings in one byte string of its own: of a small Buffer the whole block it shares would be sent. */
function pack(numbers: readonly number[], parts: readonly Uint8Array[]): Uint8Array {
  const head = 2 + numbers.length + parts.length;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, head * 4));
  const words = new Uint32Array(bytes.buffer, 0, head);
  words[0] = numbers.length;
  words[1] = parts.length;
  words.set(numbers, 2);
  let [word, at] = [2 + numbers.length, head * 4];
  for (const part of parts) {
    words[word++] = part.length;
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function unpack(bytes: Uint8Array): { readonly numbers: Uint32Array; readonly parts: Uint8Array[] } {
  // Of whole words alone: what is after the head may end between two.
  const words = new Uint32Array(bytes.buffer, 0, bytes.length >>> 2);
  const [count = 0, partCount = 0] = words;
  const head = 2 + count + partCount;
  const parts: Uint8Array[] = [];
  let at = head * 4;
  for (let word = 2 + count; word < head; word++) {
    const end = at + (words[word] ?? 0);
    parts.push(bytes.subarray(at, end));
    at = end;
  }
  return { numbers: words.subarray(2, 2 + count), parts };
}

export function packResults(results: readonly Uint8Array[]): Uint8Array {
  return pack([], results);
}

export function unpackResults(bytes: Uint8Array): Uint8Array[] {
  return unpack(bytes).parts;
}

export function packTasks(tasks: readonly Task[], told: ToldKeys): PackedTasks | Uint8Array {
  const numbers: number[] = [];
  const keys: { readonly slot: number; readonly key: KeyObject }[] = [];
  for (const { parts, privateKey } of tasks) {
    if (privateKey === undefined) {
      numbers.push(noSlot, parts.length);
      continue;
    }
    const { slot, isNew } = told.slotOf(privateKey);
    if (isNew) keys.push({ slot, key: privateKey });
    numbers.push(slot, parts.length);
  }
  const packed = pack(
    numbers,
    tasks.flatMap(({ parts }) => parts),
  );
  return keys.length === 0 ? packed : { packed, keys };
}

/** `known` has the keys that were told, by slot. */
export function unpackTasks(message: PackedTasks | Uint8Array, known: KeyObject[]): Task[] {
  const { packed, keys } = message instanceof Uint8Array ? { packed: message, keys: [] } : message;
  for (const { slot, key } of keys) known[slot] = key;
  const { numbers, parts } = unpack(packed);
  const tasks: Task[] = [];
  let part = 0;
  for (let at = 0; at < numbers.length; at += 2) {
    const end = part + (numbers[at + 1] ?? 0);
    // There is no key at `noSlot`.
    tasks.push({ parts: parts.slice(part, end), privateKey: known[numbers[at] ?? noSlot] });
    part = end;
  }
  return tasks;
}
