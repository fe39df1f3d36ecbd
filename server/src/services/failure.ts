import { Overload } from "../runtime/workers.ts";
import { StoreError } from "../store/store.ts";

/** Whether a write was given up because others changed, again and again, what it had read. */
export function isContention(error: unknown): boolean {
  return error instanceof StoreError && error.code === "contention";
}

/** Whether more is asked for than there are threads to compute it. */
export function isOverload(error: unknown): boolean {
  return error instanceof Overload;
}
