import { checkPassword, startSrp } from "../passwords/verifier.ts";
import { afterFirstFactor } from "./advance.ts";
import { type AuthSession, sealSecretBlock } from "./auth-session.ts";
import {
  type Attempt,
  claimedOf,
  failFactor,
  nextSession,
  requireStillUnlocked,
  type Step,
  shownName,
} from "./sign-in.ts";
import { requireOwnPassword } from "./threats.ts";

export async function byPassword(attempt: Attempt, password: string): Promise<Step> {
  const { call, user } = attempt;
  const matches = await checkPassword(call.environment, claimedOf(attempt), password);
  if (!matches || user === undefined) return failFactor(attempt);
  await requireStillUnlocked(attempt);
  return afterFirstFactor(await requireOwnPassword({ ...attempt, user }, password));
}

/**
 * PASSWORD_VERIFIER. The secret block is a session itself: in the answer to USER_SRP_AUTH there is no other, as on AWS; other
 * flows have one beside it, by `sealBesideBlock`.
 */
export async function srpChallenge(
  attempt: Attempt,
  srpA: string,
  more: Partial<AuthSession> = {},
): Promise<{ readonly step: Step; readonly session: AuthSession }> {
  const { call } = attempt;
  const started = await startSrp(call.environment, claimedOf(attempt), srpA);
  // The text is ours: clients of this protocol do not send such numbers, attackers do.
  if (started === undefined) return call.fail("InvalidParameterException", "SRP_A is not valid.");
  const { SALT, SRP_B, state } = started;
  const session = nextSession(attempt, "PASSWORD_VERIFIER", { ...more, srp: state });
  const name = shownName(attempt);
  const SECRET_BLOCK = sealSecretBlock(call.environment, session);
  const ChallengeParameters = { SALT, SECRET_BLOCK, SRP_B, USERNAME: name, USER_ID_FOR_SRP: name };
  return { session, step: { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters } };
}
