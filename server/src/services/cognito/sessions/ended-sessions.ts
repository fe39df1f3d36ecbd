import { poolSessions } from "../../../store/pool-sessions.ts";
import type { Environment } from "../../operation.ts";

/** Access tokens of a session may outlast its refresh token, but not by more than they last at all: a day. */
const keptFor = 86_400_000;
const atOnce = 500;

/** Sessions are kept until nothing of them is good any more. Returns how many went. */
export async function deleteEndedSessions({ store, clock }: Pick<Environment, "store" | "clock">): Promise<number> {
  const before = clock.now() - keptFor;
  for (let total = 0; ; ) {
    // Few at a time, as requests that write wait for it.
    const deleted = await store.write((tx) => poolSessions.deleteEnded(tx, before, atOnce));
    total += deleted;
    if (deleted < atOnce) return total;
  }
}
