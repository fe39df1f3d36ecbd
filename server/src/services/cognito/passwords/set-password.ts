import { poolUserPasswords } from "../../../store/pool-user-passwords.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { type PasswordEvent, requireUncompromised } from "../risk/compromised-passwords.ts";
import { syncAliases } from "../users/aliases.ts";
import { passwordFault } from "./password-policy.ts";
import { isPasswordOf, makeVerifier } from "./verifier.ts";

/** A password that the policy allows, as it is stored: never itself. */
export interface MadePassword {
  readonly fields: Pick<PoolUserRow, "password_sealed" | "password_set_at" | "password_expires_at">;
}

type Named = Pick<PoolUserRow, "user_id" | "pool_id" | "username">;

const day = 86_400_000;

/** Looks at the policy, then makes the verifier, which takes a thread's time: never inside a transaction. */
export async function makePassword(
  call: Call<"InvalidPasswordException">,
  context: PoolContext,
  user: Named,
  password: string,
  {
    temporary,
    isFirst = false,
    event = "PASSWORD_CHANGE",
  }: { readonly temporary: boolean; readonly isFirst?: boolean; readonly event?: PasswordEvent },
): Promise<MadePassword> {
  const { PasswordPolicy } = context.configuration.Policies;
  const fault = passwordFault(PasswordPolicy, password, isFirst);
  if (fault !== undefined) call.fail("InvalidPasswordException", fault);
  if (!temporary) await requireUncompromised(call, context, password, event);
  const { TemporaryPasswordValidityDays: days = 7 } = PasswordPolicy;
  return {
    fields: {
      password_sealed: await makeVerifier(call.environment, user, password),
      password_set_at: call.now,
      password_expires_at: temporary ? call.now + days * day : null,
    },
  };
}

/**
 * Refuses the password that the user has and those before it, as many in all as PasswordHistorySize says (developer guide,
 * "Password reuse prevention"). Temporary passwords do not count. Each takes as long as a sign-in, so this is never inside
 * a transaction.
 */
export async function requireUnusedPassword(
  call: Call<"PasswordHistoryPolicyViolationException">,
  { configuration }: PoolContext,
  user: PoolUserRow,
  password: string,
): Promise<void> {
  const size = configuration.Policies.PasswordPolicy.PasswordHistorySize ?? 0;
  if (size === 0) return;
  const { store } = call.environment;
  const current = hasOwnPassword(user) ? [user.password_sealed] : [];
  const former = await store.read((tx) => poolUserPasswords.list(tx, user.user_id, size - current.length));
  for (const sealed of [...current, ...former]) {
    if (await isPasswordOf(call.environment, user, sealed, password)) {
      // The text is ours.
      call.fail("PasswordHistoryPolicyViolationException", "Password has previously been used.");
    }
  }
}

/** Chosen by the user or for good, unlike a temporary one. */
function hasOwnPassword(user: PoolUserRow): user is PoolUserRow & { readonly password_sealed: Uint8Array } {
  return user.password_sealed !== null && user.password_expires_at === null;
}

/** Writes the password and the status that it comes with; what was the user's own is kept as long as it may not come again. */
export async function setPassword(
  call: Pick<Call, "now">,
  tx: Tx,
  context: PoolContext,
  before: PoolUserRow,
  { fields }: MadePassword,
  status: "CONFIRMED" | "FORCE_CHANGE_PASSWORD",
): Promise<PoolUserRow> {
  const { now } = call;
  const after: PoolUserRow = { ...before, ...fields, status, modified_at: now };
  const size = context.configuration.Policies.PasswordPolicy.PasswordHistorySize ?? 0;
  if (size > 0 && hasOwnPassword(before)) await poolUserPasswords.add(tx, before, before.password_sealed, size);
  // Who was unconfirmed may get a preferred username as an alias; one that is another user's stays without.
  await syncAliases(tx, context, before, after, { now, moves: false });
  await poolUsers.update(tx, before, after);
  return after;
}
