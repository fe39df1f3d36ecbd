import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import type { StringMap } from "../triggers/events.ts";
import { syncAliases } from "../users/aliases.ts";
import { simulatedDelivery } from "../users/public-user.ts";
import { afterFirstFactor } from "./advance.ts";
import { sealBesideBlock } from "./auth-session.ts";
import { finish } from "./finish.ts";
import { answerCode, noteRequest, sendChallenge } from "./mfa.ts";
import { askForPasskey, passkeysOf, requirePasskey } from "./passkeys.ts";
import { byPassword, srpChallenge } from "./password.ts";
import { type Attempt, challenge, requireParameter, type Step, shownName, type UserAttempt, useUp } from "./sign-in.ts";

/** What a sign-in by choice may begin with. */
type Choice = "PASSWORD" | "PASSWORD_SRP" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN";

const otpAttributes = { EMAIL_OTP: "email", SMS_OTP: "phone_number" } as const;

/** The pool's first factors that this user has. Of nobody, those that most would have. */
function choicesOf({ configuration }: ClientContext, user: PoolUserRow | undefined): Choice[] {
  const allowed = new Set<string>(configuration.Policies.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"]);
  const choices: Choice[] = [];
  if (allowed.has("PASSWORD") && (user === undefined || user.password_sealed !== null)) {
    choices.push("PASSWORD", "PASSWORD_SRP");
  }
  for (const name of ["EMAIL_OTP", "SMS_OTP"] as const) {
    const has = user === undefined ? name === "EMAIL_OTP" : user.attributes[otpAttributes[name]] !== undefined;
    if (allowed.has(name) && has) choices.push(name);
  }
  return choices;
}

/** USER_AUTH: with the factor that is preferred, where the user has it, or with a choice among those that there are. */
export async function startChoice(given: Attempt, parameters: StringMap): Promise<Step> {
  const attempt = withoutFederated(given);
  const { context, user } = attempt;
  const choices = choicesOf(context, user);
  if ((await passkeysOf(attempt)) !== undefined) choices.push("WEB_AUTHN");
  const preferred = choices.find((choice) => choice === parameters.PREFERRED_CHALLENGE);
  if (preferred !== undefined) return begin(attempt, preferred, parameters);
  const { step } = challenge(attempt, "SELECT_CHALLENGE", {}, { choices });
  return { ...step, AvailableChallenges: choices };
}

/**
 * Whoever came by an identity provider signs in there alone: flows of the API are for users with a password of their own
 * (API reference, AdminSetUserPassword). The provider may have locked them out, and vouches for no address by default, so
 * that a code sent to one proves nothing. To everybody here they are nobody.
 */
function withoutFederated(attempt: Attempt): Attempt {
  return attempt.user?.status === "EXTERNAL_PROVIDER" ? { ...attempt, user: undefined } : attempt;
}

/** What of the factor can be asked for already is looked at now. */
async function begin(attempt: Attempt, choice: Choice, parameters: StringMap): Promise<Step> {
  const { user } = attempt;
  switch (choice) {
    case "PASSWORD":
      return parameters.PASSWORD === undefined ? ask(attempt, choice) : byPassword(attempt, parameters.PASSWORD);
    case "PASSWORD_SRP":
      return parameters.SRP_A === undefined ? ask(attempt, choice) : srpWithSession(attempt, parameters.SRP_A);
    case "WEB_AUTHN":
      return askForPasskey(attempt);
    case "EMAIL_OTP":
    case "SMS_OTP":
      // The code alone signs in, so it is longer (amplify-js#14428).
      return user === undefined ? pretend(attempt, choice) : sendChallenge({ ...attempt, user }, choice, 8);
  }
}

async function ask(attempt: Attempt, name: "PASSWORD" | "PASSWORD_SRP"): Promise<Step> {
  const { step } = challenge(attempt, name, {});
  await useUp(attempt);
  return step;
}

/** For nobody: the answer looks as if a code had been sent, and none will do. */
async function pretend(attempt: Attempt, name: "EMAIL_OTP" | "SMS_OTP"): Promise<Step> {
  const { call, context, username } = attempt;
  const { DeliveryMedium = "", Destination = "" } = simulatedDelivery(call, context, username);
  const { step } = challenge(attempt, name, {
    USER_ID_FOR_SRP: shownName(attempt),
    CODE_DELIVERY_DELIVERY_MEDIUM: DeliveryMedium,
    CODE_DELIVERY_DESTINATION: Destination,
  });
  await useUp(attempt);
  await call.environment.store.write((tx) => noteRequest(attempt, tx));
  return step;
}

async function srpWithSession(attempt: Attempt, srpA: string): Promise<Step> {
  const { step, session } = await srpChallenge(attempt, srpA);
  await useUp(attempt);
  return { ...step, Session: sealBesideBlock(attempt.call.environment, session) };
}

/** The answer to SELECT_CHALLENGE: a factor, and with it what it takes. */
export function answerChoice(attempt: Attempt, responses: StringMap): Promise<Step> {
  const answer = requireParameter(attempt.call, responses, "ANSWER");
  const choice = attempt.session?.choices?.find((name) => name === answer) as Choice | undefined; // of our own making
  // The text is ours.
  if (choice === undefined)
    return attempt.call.fail("InvalidParameterException", `${answer} is not an available challenge.`);
  return begin(attempt, choice, responses);
}

/** The answer to PASSWORD or PASSWORD_SRP, where it did not come with the choice. */
export function answerPassword(
  attempt: Attempt,
  name: "PASSWORD" | "PASSWORD_SRP",
  responses: StringMap,
): Promise<Step> {
  return name === "PASSWORD"
    ? byPassword(attempt, requireParameter(attempt.call, responses, "PASSWORD"))
    : srpWithSession(attempt, requireParameter(attempt.call, responses, "SRP_A"));
}

/** The answer to WEB_AUTHN. A passkey of a verified user can be both factors, if the pool says so. */
export async function answerPasskey(attempt: UserAttempt, responses: StringMap): Promise<Step> {
  const { isBothFactors } = await requirePasskey(attempt, responses);
  const hasTemporaryPassword = attempt.user.status === "FORCE_CHANGE_PASSWORD";
  return isBothFactors && !hasTemporaryPassword ? finish(attempt) : afterFirstFactor(attempt);
}

/** The answer to a code that is the first factor. Whoever reads what is sent to an address has verified it. */
export async function answerOtp(attempt: Attempt, name: "EMAIL_OTP" | "SMS_OTP", responses: StringMap): Promise<Step> {
  return answerCode(attempt, name, responses, async (known) => {
    return afterFirstFactor({ ...known, user: await verified(known, otpAttributes[name]) });
  });
}

async function verified(
  { call, context, user, session }: UserAttempt,
  attribute: "email" | "phone_number",
): Promise<PoolUserRow> {
  const flag = `${attribute}_verified`;
  if (user.attributes[flag] === "true") return user;
  return call.environment.store.write(async (tx) => {
    const current = await poolUsers.findById(tx, user.user_id);
    if (current === undefined || current.attributes[attribute] !== session?.destination) return user;
    const attributes = { ...current.attributes, [flag]: "true" };
    const after = { ...current, attributes, modified_at: call.now };
    // A verified address is an alias where the pool has such; one that is another user's stays theirs.
    await syncAliases(tx, context, current, after, { now: call.now, moves: false });
    await poolUsers.update(tx, current, after);
    return after;
  });
}
