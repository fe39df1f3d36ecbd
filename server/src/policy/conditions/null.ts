import type { Context } from "../context.ts";
import { isTrue } from "./bool.ts";

/**
 * `Null` asks whether the request has the key at all: `true` that it does not, anything else that it does. An empty value
 * is a value (observed 2026-09).
 */
export function compileNull(key: string, values: readonly string[]): (context: Context) => boolean {
  const absent = values.some(isTrue);
  const present = values.some((value) => !isTrue(value));
  return (context) => (context.get(key) === undefined ? absent : present);
}
