import { type SignInFailuresRow, signInFailures } from "../../../store/sign-in-failures.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call, Environment } from "../../operation.ts";
import type { Claimed } from "../passwords/verifier.ts";

/** Failures that cost nothing, in a row. */
const free = 4;
const longestSeconds = 900;
/** After so long without a failure, nothing is held against anybody. */
export const forgottenAfterMs = 900_000;

/** Names that are nobody's are locked like others, or else whoever waits would learn which are. */
export function lockKey({ seal }: Pick<Environment, "seal">, { poolId, username, user }: Claimed): string {
  return user?.user_id ?? Buffer.from(seal.mac(`${poolId} ${username}`, "sign-in failures")).toString("base64url");
}

export type Failures = SignInFailuresRow | undefined;

export function isLocked({ now }: Pick<Call, "now">, failures: Failures): boolean {
  return failures !== undefined && now < failures.locked_until;
}

/** Reported from AWS. Attempts that are refused so do not count. */
export function requireUnlocked(call: Call<"NotAuthorizedException">, failures: Failures): void {
  if (isLocked(call, failures)) call.fail("NotAuthorizedException", "Password attempts exceeded");
}

/**
 * From the fifth failure on, each locks for twice as long as the one before: a second, then two, to a quarter of an hour
 * (developer guide, "Lockout behavior").
 */
export async function noteFailure(call: Pick<Call, "now">, tx: Tx, key: string): Promise<void> {
  const { now } = call;
  const before = await signInFailures.find(tx, key);
  const isFresh = before !== undefined && now < Math.max(before.failed_at, before.locked_until) + forgottenAfterMs;
  const failures = (isFresh ? before.failures : 0) + 1;
  const seconds = failures <= free ? 0 : Math.min(longestSeconds, 2 ** (failures - free - 1));
  await signInFailures.put(tx, { lock_key: key, failures, failed_at: now, locked_until: now + seconds * 1000 });
}
