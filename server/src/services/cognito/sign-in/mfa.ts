import { authSessions } from "../../../store/auth-sessions.ts";
import { poolUserTotp } from "../../../store/pool-user-totp.ts";
import { signInFailures } from "../../../store/sign-in-failures.ts";
import type { Tx } from "../../../store/store.ts";
import { checkCode, issueCode } from "../codes/code.ts";
import { addressOf } from "../messages/address.ts";
import { customMessage } from "../messages/custom-message.ts";
import { maskedDestination } from "../messages/delivery-details.ts";
import { sendCode } from "../messages/outbox.ts";
import { checkTotp, type Factor, secondFactorsOf } from "../mfa/mfa.ts";
import type { StringMap } from "../triggers/events.ts";
import { lockKey, noteFailure, requireUnlocked } from "./attempts.ts";
import { refuseSession, rowKey, sessionEnd, useAuthSession } from "./auth-session.ts";
import { finish } from "./finish.ts";
import {
  type Attempt,
  challenge,
  claimedOf,
  requireParameter,
  type SignInCall,
  type Step,
  type UserAttempt,
  useUp,
} from "./sign-in.ts";
import { block, isMfaWanted, recordSignIn, riskOf } from "./threats.ts";

/** The challenge of a second factor, where one is asked for. */
export async function secondFactor(attempt: UserAttempt): Promise<Step | undefined> {
  const { call, context, user } = attempt;
  const { ready, hasPreferred, setUp } = await call.environment.store.read((tx) =>
    secondFactorsOf(tx, context, user, isMfaWanted(attempt)),
  );
  const [first, ...others] = ready;
  if (first !== undefined && (hasPreferred || others.length === 0)) return askFor(attempt, first);
  if (first !== undefined) {
    return next(attempt, "SELECT_MFA_TYPE", { MFAS_CAN_CHOOSE: JSON.stringify(ready) });
  }
  if (setUp.length === 0 && riskOf(attempt).action === "MFA_REQUIRED") return block(attempt);
  if (setUp.length === 0) return undefined;
  // An authenticator app can be set up before the first sign-in; addresses are an administrator's to give.
  if (!setUp.includes("SOFTWARE_TOKEN_MFA")) {
    // Reported from AWS of pools whose only factor is the phone of a user who has none.
    return call.fail("InvalidParameterException", "User does not have delivery config set to turn on SMS_MFA");
  }
  return next(attempt, "MFA_SETUP", { MFAS_CAN_SETUP: JSON.stringify(["SOFTWARE_TOKEN_MFA"]) });
}

async function next(
  attempt: UserAttempt,
  name: "SELECT_MFA_TYPE" | "MFA_SETUP" | Factor,
  parameters: StringMap,
  more: { readonly destination?: string } = {},
): Promise<Step> {
  const { user } = attempt;
  const { step } = challenge(
    attempt,
    name,
    { USER_ID_FOR_SRP: user.username, ...parameters },
    { ...more, isSecondFactor: true },
  );
  await useUp(attempt);
  return step;
}

/** Asks for one factor; a code that is sent goes out with the session. */
export async function askFor(attempt: UserAttempt, factor: Factor): Promise<Step> {
  const { call, user } = attempt;
  if (factor === "SOFTWARE_TOKEN_MFA") {
    const row = await call.environment.store.read((tx) => poolUserTotp.find(tx, user.user_id));
    const name = row?.friendly_name;
    return next(attempt, factor, name ? { FRIENDLY_DEVICE_NAME: name } : {});
  }
  return sendChallenge(attempt, factor, 6, { isSecondFactor: true });
}

/**
 * Each code that is asked for counts as an attempt that failed until one is answered, or else a user could be sent any
 * number of them. Of nobody, too, so that it tells nothing.
 */
export async function noteRequest(attempt: Attempt, tx: Tx): Promise<void> {
  const { call } = attempt;
  const key = lockKey(call.environment, claimedOf(attempt));
  // Others may have been asked for at the same time.
  requireUnlocked(call, await signInFailures.find(tx, key));
  await noteFailure(call, tx, key);
}

/** A challenge whose answer is a code that was sent; eight digits where it is the only factor. */
export async function sendChallenge(
  attempt: UserAttempt,
  name: "SMS_MFA" | "EMAIL_OTP" | "SMS_OTP",
  digits: 6 | 8,
  more: { readonly isSecondFactor?: boolean } = {},
): Promise<Step> {
  const { call, context, user, session: before, clientMetadata } = attempt;
  const { store } = call.environment;
  const address = addressOf(name === "EMAIL_OTP" ? "email" : "phone_number", user.attributes);
  if (address === undefined) return refuseSession(call);
  const { medium, destination } = address;
  const { step, session } = challenge(
    attempt,
    name,
    {
      USER_ID_FOR_SRP: user.username,
      CODE_DELIVERY_DELIVERY_MEDIUM: medium,
      CODE_DELIVERY_DESTINATION: maskedDestination(address),
    },
    { ...more, destination },
  );
  const kind = "Authentication";
  const clientId = context.client.client_id;
  const custom = await customMessage(call, context, user, { kind, medium, clientId, clientMetadata });
  await store.write(async (tx) => {
    if (before !== undefined) await useAuthSession(call, tx, before);
    await noteRequest(attempt, tx);
    const code = await issueCode(call, tx, {
      poolId: user.pool_id,
      userId: user.user_id,
      purpose: `sign-in ${session.id}`,
      destination,
      digits,
      lifetimeMs: sessionEnd(call, context) - call.now,
    });
    await sendCode(call, tx, { context, user, kind, address, code, clientId, custom });
  });
  return step;
}

/** Reported from AWS: a wrong code, or one of a session that has seen too many. */
function refuseWrongCode(call: SignInCall): never {
  return call.fail("CodeMismatchException", "Invalid code or auth state for the user.");
}

type Outcome = "match" | "mismatch" | "used" | "expired" | "none" | "exhausted";

const answers = {
  SMS_MFA: "SMS_MFA_CODE",
  SMS_OTP: "SMS_OTP_CODE",
  EMAIL_OTP: "EMAIL_OTP_CODE",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
} as const;

/** The answer to a challenge of a code. A wrong one may be followed by another; each counts against the user. */
export async function answerCode(
  attempt: Attempt,
  name: keyof typeof answers,
  responses: StringMap | undefined,
  then: (attempt: UserAttempt) => Promise<Step> = finish,
): Promise<Step> {
  const { call, user, session } = attempt;
  if (session === undefined) return refuseSession(call);
  const code = requireParameter(call, responses, answers[name]);
  const key = lockKey(call.environment, claimedOf(attempt));
  const outcome = await call.environment.store.write(async (tx): Promise<Outcome> => {
    // Other answers may have come at the same time.
    requireUnlocked(call, await signInFailures.find(tx, key));
    const found = name === "SOFTWARE_TOKEN_MFA" && user ? await poolUserTotp.find(tx, user.user_id) : undefined;
    const { destination } = session;
    const checked: Outcome =
      user === undefined
        ? "mismatch"
        : name !== "SOFTWARE_TOKEN_MFA"
          ? await checkCode(call, tx, { userId: user.user_id, purpose: `sign-in ${session.id}`, code, destination })
          : found?.isVerified === true
            ? await checkTotp(call, tx, found, code)
            : "none";
    if (checked === "mismatch") {
      await authSessions.fail(tx, rowKey(session));
      await noteFailure(call, tx, key);
      await recordSignIn(attempt, tx, "Fail");
    }
    return checked;
  });
  if (outcome === "match" && user !== undefined) return then({ ...attempt, user });
  // Recorded from AWS.
  if (outcome === "used") call.fail("ExpiredCodeException", "Your software token has already been used once.");
  if (outcome === "expired") call.fail("ExpiredCodeException", "Invalid code provided, please request a code again.");
  return refuseWrongCode(call);
}

/** The user's choice among several. */
export async function answerSelection(attempt: UserAttempt, responses: StringMap | undefined): Promise<Step> {
  const { call, context, user } = attempt;
  const answer = requireParameter(call, responses, "ANSWER");
  const { ready } = await call.environment.store.read((tx) => secondFactorsOf(tx, context, user, isMfaWanted(attempt)));
  const chosen = ready.find((factor) => factor === answer);
  // The text is ours.
  return chosen === undefined
    ? call.fail("InvalidParameterException", `${answer} is not one of the factors to choose from.`)
    : askFor(attempt, chosen);
}

/** Whether what was set up in this session may sign the user in now: AssociateSoftwareToken and VerifySoftwareToken were. */
export function requireSetUp({ call, session }: UserAttempt): void {
  if (session?.isVerified !== true) refuseSession(call);
}
