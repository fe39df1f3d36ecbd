import type { ChallengeResponseType } from "@aws-sdk/client-cognito-identity-provider";
import { isWithin } from "../../../runtime/addresses.ts";
import { authEvents } from "../../../store/auth-events.ts";
import { poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import { recordAuthEvent, threatMode } from "../risk/auth-event.ts";
import { findCompromised } from "../risk/compromised-passwords.ts";
import { decide, eventsLookedAt, noRisk, type Risk } from "../risk/decide.ts";
import { queueNotification } from "../risk/notification.ts";
import { riskSettingsFor } from "../risk/risk-configuration.ts";
import { rereadPoolUser } from "../users/pool-user.ts";
import { useAuthSession } from "./auth-session.ts";
import type { Attempt, UserAttempt } from "./sign-in.ts";

/** What is thought of this sign-in, if anybody has thought of it yet. */
export function riskOf({ risk, session }: Pick<Attempt, "risk" | "session">): Risk {
  return risk ?? session?.risk ?? noRisk;
}

/** Whether the sign-in is risky enough for a second factor that nobody chose. */
export function isMfaWanted(attempt: Pick<Attempt, "risk" | "session">): boolean {
  const { action } = riskOf(attempt);
  return action === "MFA_REQUIRED" || action === "MFA_IF_CONFIGURED";
}

/** Refuses addresses that the pool always blocks, before anything else is looked at. */
export async function requireAllowedAddress({ call, context, origin }: Attempt): Promise<void> {
  if (threatMode(context.configuration) !== "ENFORCED") return;
  const { pool, client } = context;
  const { RiskExceptionConfiguration } = await call.environment.store.read((tx) =>
    riskSettingsFor(tx, pool.pool_id, client.client_id),
  );
  if (isWithin(origin.ip, RiskExceptionConfiguration?.BlockedIPRangeList)) {
    // Reported from AWS.
    call.fail("NotAuthorizedException", "Request not allowed due to security reasons.");
  }
}

/**
 * Once the first factor stands: what the pool's history says of where the user comes from. Only where threat protection is
 * enforced is anything done about it.
 */
export async function weigh(attempt: UserAttempt): Promise<UserAttempt> {
  const { call, context, user, origin, session } = attempt;
  const mode = threatMode(context.configuration);
  if (mode === undefined || session?.risk !== undefined) return attempt;
  const { pool, client } = context;
  const risk = await call.environment.store.read(async (tx) => {
    const settings = await riskSettingsFor(tx, pool.pool_id, client.client_id);
    const events = await authEvents.list(tx, user.user_id, Number.MAX_SAFE_INTEGER, eventsLookedAt);
    const signIns = events.filter((event) => event.event_type === "SignIn");
    return { ...decide(settings, origin, signIns), isCompromised: attempt.risk?.isCompromised };
  });
  const weighed = { ...attempt, risk: mode === "ENFORCED" ? risk : { ...risk, action: undefined, notifies: false } };
  return weighed.risk.action === "BLOCK" ? block(weighed) : weighed;
}

/**
 * Of a password that is right: whether everybody knows it. Who has one that they do must choose another first (developer
 * guide, "Working with compromised-credentials detection").
 */
export async function requireOwnPassword(attempt: UserAttempt, password: string): Promise<UserAttempt> {
  const { call, context, user, session } = attempt;
  // One that somebody else made up is not for long.
  if (user.status !== "CONFIRMED" || !user.enabled) return attempt;
  const found = await findCompromised(call, context, password, "SIGN_IN");
  if (found === undefined) return attempt;
  if (found === "NO_ACTION") return { ...attempt, risk: { ...noRisk, isCompromised: true } };
  await call.environment.store.write(async (tx) => {
    if (session !== undefined) await useAuthSession(call, tx, session);
    const current = await rereadPoolUser(call, tx, user);
    await poolUsers.update(tx, current, { ...current, status: "RESET_REQUIRED", modified_at: call.now });
    const risk: Risk = { decision: "Block", isCompromised: true };
    await recordSignIn({ ...attempt, risk }, tx, "Pass", { isRefused: true });
  });
  return call.fail("PasswordResetRequiredException", "Password reset required for the user");
}

/** Refuses who has proved to be the user, but seems to be somebody else. */
export async function block(attempt: UserAttempt): Promise<never> {
  const { call, session } = attempt;
  const risk: Risk = { ...riskOf(attempt), decision: "Block" };
  await call.environment.store.write(async (tx) => {
    if (session !== undefined) await useAuthSession(call, tx, session);
    await recordSignIn({ ...attempt, risk }, tx, "Pass", { isRefused: true });
  });
  // Reported from AWS.
  return call.fail("NotAuthorizedException", "Unable to login because of security reasons.");
}

/** The event of a sign-in that has ended, in the transaction that ends it. Nobody's are kept nowhere. */
export async function recordSignIn(
  attempt: Attempt,
  tx: Tx,
  last: "Pass" | "Fail",
  {
    eventId = attempt.call.random.uuid(),
    isRefused = false,
  }: { readonly eventId?: string; readonly isRefused?: boolean } = {},
): Promise<void> {
  const { call, context, user, origin } = attempt;
  if (user === undefined || threatMode(context.configuration) === undefined) return;
  const risk = riskOf(attempt);
  await recordAuthEvent(call, tx, context, user, {
    type: "SignIn",
    response: isRefused ? "Fail" : last,
    origin,
    eventId,
    risk,
    challenges: challengesOf(attempt, last === "Pass" ? "Success" : "Failure"),
  });
  if (risk.notifies === true) await queueNotification(call, tx, context, user, { eventId, origin, risk });
}

const secondFactors: ReadonlySet<string> = new Set(["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "MFA_SETUP"]);
/** What begins with something other than a password. */
const otherFactors: ReadonlySet<string> = new Set(["CUSTOM_CHALLENGE", "WEB_AUTHN", "EMAIL_OTP", "SMS_OTP"]);

/** AWS names two kinds, passwords and second factors; what is neither is not shown. */
function challengesOf({ session, flow }: Attempt, last: "Success" | "Failure"): ChallengeResponseType[] {
  if (session?.isSecondFactor === true && secondFactors.has(session.challenge)) {
    const mfa: ChallengeResponseType = { ChallengeName: "Mfa", ChallengeResponse: last };
    return flow === "USER_AUTH" || flow === "CUSTOM_AUTH"
      ? [mfa]
      : [{ ChallengeName: "Password", ChallengeResponse: "Success" }, mfa];
  }
  if (flow === "CUSTOM_AUTH" || otherFactors.has(session?.challenge ?? "")) return [];
  return [{ ChallengeName: "Password", ChallengeResponse: last }];
}
