import { equalDigests } from "../../../crypto/digest.ts";
import type { Random } from "../../../runtime/random.ts";
import { type PoolUserCodeRow, poolUserCodes } from "../../../store/pool-user-codes.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call, Environment } from "../../operation.ts";

/** What a code that was sent to a user is good for. One for signing in belongs to one auth session. */
export type CodePurpose = "sign-up" | "forgot-password" | "verify-email" | "verify-phone_number" | `sign-in ${string}`;

/** none: there is no code, or none that was sent there; exhausted: too many wrong ones, whatever this one is. */
export type CodeOutcome = "match" | "mismatch" | "expired" | "none" | "exhausted";

/** Anything that knows the time and has a seal, such as a Call. */
interface Means {
  readonly environment: Pick<Environment, "seal" | "random">;
  readonly now: number;
}

export interface CodeRequest {
  readonly poolId: string;
  readonly userId: string;
  readonly purpose: CodePurpose;
  /** Where it is sent: a code proves that who gives it reads what is sent there. */
  readonly destination: string;
  /** Eight where the code alone signs in (amplify-js#14428, 2025), otherwise six. */
  readonly digits?: 6 | 8;
  /** Where it is other than the purpose's. */
  readonly lifetimeMs?: number | undefined;
}

interface Rule {
  readonly lifetimeMs: number;
  /** How many codes a user may ask for in an hour. */
  readonly requests: number;
  /** How many wrong ones a user may give in an hour. */
  readonly failures: number;
}

const hour = 3_600_000;
/** Requests and failures are counted for so long from the first of them. */
const windowMs = hour;

/** Developer guide, "Quotas": what codes last for, and how often in an hour a user may do what. */
const verification: Rule = { lifetimeMs: 24 * hour, requests: 5, failures: 15 };
/** "Between 5 and 20 attempts for a user to request or enter a password reset code", by risks that AWS keeps to itself. */
const recovery: Rule = { lifetimeMs: hour, requests: 10, failures: 10 };
/** As long as an auth session lasts by default; after five failures sign-in locks the user out. */
const signIn: Rule = { lifetimeMs: 180_000, requests: 5, failures: 5 };

function ruleOf(purpose: CodePurpose): Rule {
  if (purpose === "forgot-password") return recovery;
  return purpose.startsWith("sign-in ") ? signIn : verification;
}

/**
 * A new code, in place of any before. Wrong ones that were given stay counted, or else asking for a new code would be a
 * way to go on guessing.
 */
export async function issueCode(means: Means, tx: Tx, request: CodeRequest): Promise<string> {
  const before = await counted(means, tx, request);
  return replaceCode(means, tx, request, before, before.requests);
}

/** As `issueCode`, for who may ask again and again: undefined where the user asked too often in this hour. */
export async function requestCode(means: Means, tx: Tx, request: CodeRequest): Promise<string | undefined> {
  const before = await counted(means, tx, request);
  if (before.requests >= ruleOf(request.purpose).requests) return undefined;
  return replaceCode(means, tx, request, before, before.requests + 1);
}

type Counts = Pick<PoolUserCodeRow, "window_at" | "requests" | "failures">;

async function counted({ now }: Means, tx: Tx, { userId, purpose }: CodeRequest): Promise<Counts> {
  // Auth sessions come and go, each with a purpose of its own.
  await poolUserCodes.deleteStale(tx, userId, now, now - windowMs);
  return countsNow(await poolUserCodes.find(tx, userId, purpose), now);
}

function countsNow(row: PoolUserCodeRow | undefined, now: number): Counts {
  if (row !== undefined && now < row.window_at + windowMs) return row;
  return { window_at: now, requests: 0, failures: 0 };
}

async function replaceCode(
  { environment, now }: Means,
  tx: Tx,
  { poolId, userId, purpose, destination, digits = 6, lifetimeMs }: CodeRequest,
  { window_at, failures }: Counts,
  requests: number,
): Promise<string> {
  const { seal, random } = environment;
  const code = randomDigits(random, digits);
  await poolUserCodes.put(tx, {
    user_id: userId,
    purpose,
    pool_id: poolId,
    code_sealed: seal.seal(code, sealContext(userId, purpose), random.bytes(12)),
    destination,
    expires_at: now + (lifetimeMs ?? ruleOf(purpose).lifetimeMs),
    window_at,
    requests,
    failures,
  });
  return code;
}

/**
 * Compares in a time that tells nothing. It writes, so the transaction must be kept though the operation is refused for
 * it. A code that matches is used up. With a `destination`, one that was sent elsewhere is no code.
 */
export async function checkCode(
  { environment, now }: Means,
  tx: Tx,
  given: {
    readonly userId: string;
    readonly purpose: CodePurpose;
    readonly code: string;
    readonly destination?: string | undefined;
    /** It stays good where it matches: for a look before the transaction that uses it up. */
    readonly keeps?: boolean | undefined;
  },
): Promise<CodeOutcome> {
  const { userId, purpose, destination, keeps = false } = given;
  const row = await poolUserCodes.find(tx, userId, purpose);
  if (row === undefined) return "none";
  const counts = countsNow(row, now);
  if (counts.failures >= ruleOf(purpose).failures) return "exhausted";
  if (row.code_sealed === null || (destination !== undefined && destination !== row.destination)) return "none";
  if (now >= row.expires_at) return "expired";
  const code = environment.seal.open(row.code_sealed, sealContext(userId, purpose));
  const matches = equalDigests(code, Buffer.from(given.code));
  if (matches && keeps) return "match";
  const { window_at, requests, failures } = counts;
  const next = { ...row, window_at, requests };
  await poolUserCodes.put(
    tx,
    matches ? { ...next, code_sealed: null, failures: 0 } : { ...next, failures: failures + 1 },
  );
  return matches ? "match" : "mismatch";
}

/** What was sent for this purpose is good for nothing any more. */
export async function forgetCodes(tx: Tx, userId: string, purpose: CodePurpose): Promise<void> {
  await poolUserCodes.delete(tx, userId, purpose);
}

/** Recorded from AWS (aws-amplify/amplify-js#11738, awslabs/aws-sdk-ios-samples#144): expired and absent ones are alike. */
export function refuseCode(
  call: Call<"CodeMismatchException" | "ExpiredCodeException" | "LimitExceededException">,
  outcome: Exclude<CodeOutcome, "match">,
): never {
  if (outcome === "exhausted") return refuseTooMany(call);
  if (outcome === "mismatch") {
    return call.fail("CodeMismatchException", "Invalid verification code provided, please try again.");
  }
  return call.fail("ExpiredCodeException", "Invalid code provided, please request a code again.");
}

/** Recorded from AWS (aws-amplify/aws-sdk-android#627). */
export function refuseTooMany(call: Call<"LimitExceededException">): never {
  return call.fail("LimitExceededException", "Attempt limit exceeded, please try after some time.");
}

/** Each digit from a byte of its own; bytes that would make the low digits likelier are left out. */
function randomDigits(random: Random, length: number): string {
  let digits = "";
  while (digits.length < length) {
    for (const byte of random.bytes(length)) {
      if (byte < 250 && digits.length < length) digits += String(byte % 10);
    }
  }
  return digits;
}

/** Where a sealed code belongs. A hash would give six digits away to whoever tries a million. */
function sealContext(userId: string, purpose: CodePurpose): string {
  return `pool_user_codes:${userId}:${purpose}`;
}
