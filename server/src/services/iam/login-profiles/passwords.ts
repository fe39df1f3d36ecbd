import { hashPassword, isSameHash, passwordHashLength, passwordSaltLength } from "../../../crypto/password.ts";
import type { LoginProfileRow } from "../../../store/login-profiles.ts";
import type { Call } from "../../operation.ts";
import type { PasswordPolicy } from "../account/password-policy.ts";
import { passwordProblem } from "./password-rules.ts";

/** The most that a policy may ask to remember (IAM API reference, PasswordReusePrevention). */
const remembered = 24;

/**
 * A user's password and those before it, as hashes under one salt: so that a new one is compared with all of them at the
 * price of a single hash. Whoever reads the hashes learns no more, since nothing is kept twice.
 */
export interface Passwords {
  readonly salt: Uint8Array;
  /** The newest first. */
  readonly hashes: readonly Uint8Array[];
}

export async function firstPassword(call: Call, password: string): Promise<Passwords> {
  const salt = call.random.bytes(passwordSaltLength);
  return { salt, hashes: [await hashPassword(password, salt)] };
}

export async function isPassword({ salt, hashes }: Passwords, password: string): Promise<boolean> {
  const [current] = hashes;
  return current !== undefined && isSameHash(current, await hashPassword(password, salt));
}

/** With a new password in front; refuses one of those that the policy forbids to use again. */
export async function withNewPassword(
  call: Call<"PasswordPolicyViolationException">,
  policy: PasswordPolicy | undefined,
  { salt, hashes }: Passwords,
  password: string,
): Promise<Passwords> {
  const hash = await hashPassword(password, salt);
  const forbidden = hashes.slice(0, policy?.PasswordReusePrevention ?? 0);
  if (forbidden.some((before) => isSameHash(before, hash))) {
    // Reported from AWS.
    call.fail(
      "PasswordPolicyViolationException",
      "Policy constraint violation with password reuse prevention during password change.",
    );
  }
  const others = hashes.filter((before) => !isSameHash(before, hash));
  return { salt, hashes: [hash, ...others].slice(0, remembered) };
}

/** Refuses a password that the account's policy, or AWS's own where there is none, does not allow. */
export function obeyRules(
  call: Call<"PasswordPolicyViolationException">,
  policy: PasswordPolicy | undefined,
  password: string,
): void {
  const problem = passwordProblem(policy, password);
  if (problem !== undefined) call.fail("PasswordPolicyViolationException", problem);
}

export function sealPasswords(call: Call, userId: string, { salt, hashes }: Passwords): Uint8Array {
  return call.environment.seal.seal(Buffer.concat([salt, ...hashes]), sealContext(userId), call.random.bytes(12));
}

export function openPasswords(
  call: Call,
  { user_id, passwords_sealed }: Pick<LoginProfileRow, "user_id" | "passwords_sealed">,
): Passwords {
  const bytes = call.environment.seal.open(passwords_sealed, sealContext(user_id));
  const hashes: Uint8Array[] = [];
  for (let at = passwordSaltLength; at < bytes.length; at += passwordHashLength) {
    hashes.push(bytes.subarray(at, at + passwordHashLength));
  }
  return { salt: bytes.subarray(0, passwordSaltLength), hashes };
}

function sealContext(userId: string): string {
  return `login_profiles:${userId}`;
}
