import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";

/**
 * The user signed out everywhere: a session holds what this was when it began, so that with one change of it all of them
 * are over, however many there are. It is a time for people's sake; what counts is that it never is what it was before.
 */
export function signedOut(user: PoolUserRow, now: number): PoolUserRow {
  return { ...user, signed_out_at: Math.max(now, user.signed_out_at + 1) };
}

/** In a transaction that has read the user. */
export async function signOutEverywhere(tx: Tx, user: PoolUserRow, now: number): Promise<void> {
  await poolUsers.update(tx, user, signedOut(user, now));
}
