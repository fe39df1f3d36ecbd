import { checkPassword, startSrp } from "../passwords/verifier.ts";
import { afterFirstFactor } from "./advance.ts";
import { type AuthSession, sealAuthSession, sealSecretBlock } from "./auth-session.ts";
import {
  type Attempt,
  challenge,
  claimedOf,
  failFactor,
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
 * PASSWORD_VERIFIER, with a session beside the secret block, which is one itself. In the answer to USER_SRP_AUTH there is
 * no session, as on AWS.
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
  const { step, session } = challenge(attempt, "PASSWORD_VERIFIER", {}, { ...more, srp: state });
  const name = shownName(attempt);
  const SECRET_BLOCK = sealSecretBlock(call.environment, session);
  const ChallengeParameters = { SALT, SECRET_BLOCK, SRP_B, USERNAME: name, USER_ID_FOR_SRP: name };
  // The session beside the block carries no numbers: with them it would be longer than the API lets it be.
  const Session = sealAuthSession(call.environment, { ...session, srp: undefined });
  return { session, step: { ...step, Session, ChallengeParameters } };
}
