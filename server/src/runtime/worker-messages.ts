/** What workers.ts and its threads tell one another, of which every object in it costs both sides. */
import type { KeyObject } from "node:crypto";

/**
 * A signature has a key and a text; a power has base and exponent; a power of a product has base, exponent, factor and
 * outer exponent, all as big-endian bytes.
 */
export interface Task {
  readonly parts: readonly Uint8Array[];
  readonly privateKey?: KeyObject | undefined;
}

/** Several byte strings in one. */
export interface Packed {
  readonly lengths: readonly number[];
  readonly bytes: Uint8Array;
}

export interface PackedTasks extends Packed {
  /** How many parts each task has. */
  readonly counts: readonly number[];
  /** By task: a key that many have is sent once. */
  readonly keys: readonly (KeyObject | undefined)[];
}

export function pack(parts: readonly Uint8Array[]): Packed {
  // One of its own: of a small Buffer the whole block that it shares with others would be sent.
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { lengths: parts.map((part) => part.length), bytes };
}

export function unpack({ lengths, bytes }: Packed): Uint8Array[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
}

export function packTasks(tasks: readonly Task[]): PackedTasks {
  return {
    ...pack(tasks.flatMap(({ parts }) => parts)),
    counts: tasks.map(({ parts }) => parts.length),
    keys: tasks.map(({ privateKey }) => privateKey),
  };
}

export function unpackTasks({ counts, keys, ...packed }: PackedTasks): Task[] {
  const parts = unpack(packed);
  let at = 0;
  return counts.map((count, index) => {
    at += count;
    return { parts: parts.slice(at - count, at), privateKey: keys[index] };
  });
}
