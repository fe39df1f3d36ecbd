import { WaiterError } from "./errors.ts";
import type { RequestOptions } from "./resource.ts";

/**
 * How long a waiter waits.
 *
 * @example
 * ```ts
 * await iam.user("ann").waitUntilExists({ delay: 2, maxAttempts: 5, abortSignal: AbortSignal.timeout(30_000) });
 * ```
 */
export interface WaiterOptions {
  /** Seconds between two attempts; 1 if not told. */
  readonly delay?: number;
  /** How often to ask; as the AWS API model has it if not told: 20, for instance profiles 40. */
  readonly maxAttempts?: number;
  /** Ends the waiting, also between two attempts. */
  readonly abortSignal?: AbortSignal;
}

interface Waiter {
  readonly name: string;
  readonly maxAttempts: number;
  readonly retry: (error: unknown) => boolean;
}

// The four waiters of the API model (iam/2010-05-08, waiters-2). The SDK has them too, but with a growing, random delay and
// an overall time in place of attempts, and it takes every other error (AccessDenied) for "not yet".
export const userExists: Waiter = { name: "UserExists", maxAttempts: 20, retry: isNoSuchEntity };
export const roleExists: Waiter = { name: "RoleExists", maxAttempts: 20, retry: isNoSuchEntity };
export const policyExists: Waiter = { name: "PolicyExists", maxAttempts: 20, retry: isNoSuchEntity };
export const instanceProfileExists: Waiter = { name: "InstanceProfileExists", maxAttempts: 40, retry: isNotFound };

/** Attempts until one succeeds. An error that the waiter does not expect ends it and is passed on as it is. */
export async function waitUntil(
  waiter: Waiter,
  { delay = 1, maxAttempts = waiter.maxAttempts, abortSignal }: WaiterOptions,
  attempt: (options?: RequestOptions) => Promise<unknown>,
): Promise<void> {
  if (!Number.isFinite(delay) || delay < 0) throw new RangeError(`delay must be seconds, not ${delay}.`);
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1) {
    throw new RangeError(`maxAttempts must be a whole number of at least 1, not ${maxAttempts}.`);
  }
  for (let attempts = 1; ; attempts += 1) {
    abortSignal?.throwIfAborted();
    try {
      await attempt(abortSignal && { abortSignal });
      return;
    } catch (error) {
      if (!waiter.retry(error)) throw error;
      if (attempts === maxAttempts) throw new WaiterError(waiter.name, attempts, error);
    }
    await pause(delay * 1000, abortSignal);
  }
}

// By name and not by class: a caller's client may come from another copy of the SDK.
function isNoSuchEntity(error: unknown): boolean {
  return error instanceof Error && error.name === "NoSuchEntityException";
}

function isNotFound(error: unknown): boolean {
  return httpStatusOf(error) === 404;
}

function httpStatusOf(error: unknown): unknown {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const { $metadata } = error;
  return typeof $metadata === "object" && $metadata !== null && "httpStatusCode" in $metadata
    ? $metadata.httpStatusCode
    : undefined;
}

async function pause(milliseconds: number, abortSignal: AbortSignal | undefined): Promise<void> {
  abortSignal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(abortSignal?.reason);
    };
    const timer = setTimeout(() => {
      abortSignal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    abortSignal?.addEventListener("abort", abort, { once: true });
  });
}
