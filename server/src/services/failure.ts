import { StoreError } from "../store/store.ts";

/** Whether a write was given up because others changed, again and again, what it had read. */
export function isContention(error: unknown): boolean {
  return error instanceof StoreError && error.code === "contention";
}
