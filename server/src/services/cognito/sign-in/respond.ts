import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import { poolUsers } from "../../../store/pool-users.ts";
import { type ClientContext, requireSecretHash } from "../app-clients/app-client.ts";
import { changedAttributes, missingAttributes, requireWritable, schemaByName } from "../attributes/attribute-rules.ts";
import { makePassword, requireUnusedPassword, setPassword } from "../passwords/set-password.ts";
import { finishSrp } from "../passwords/verifier.ts";
import { type GivenContext, originOf } from "../risk/origin.ts";
import type { StringMap } from "../triggers/events.ts";
import { syncAliases, takenAlias } from "../users/aliases.ts";
import { nameKey, rereadPoolUser } from "../users/pool-user.ts";
import { afterFirstFactor } from "./advance.ts";
import { requireUnlocked } from "./attempts.ts";
import { openAuthSession, refuseSession, stepsOf, useAuthSession } from "./auth-session.ts";
import { answerChoice, answerOtp, answerPasskey, answerPassword } from "./choice.ts";
import { answerCustom, define } from "./custom.ts";
import { answerDeviceSrp, requireDeviceProof } from "./devices.ts";
import { complete, finish, requireActive } from "./finish.ts";
import { answerCode, answerSelection, requireSetUp, secondFactor } from "./mfa.ts";
import {
  type Attempt,
  failFactor,
  findUserOfSession,
  requireParameter,
  requireStillUnlocked,
  type SignInCall,
  type Step,
  shownName,
  type UserAttempt,
} from "./sign-in.ts";
import { readClaim } from "./srp-claim.ts";
import { requireAllowedAddress } from "./threats.ts";

export interface Answer extends GivenContext {
  readonly ChallengeName: ChallengeNameType;
  readonly ChallengeResponses?: Record<string, string> | undefined;
  readonly Session?: string | undefined;
  readonly ClientMetadata?: StringMap | undefined;
}

/** A further step of a sign-in, at a page of the pool's own or anywhere else: where it began, there it goes on. */
export async function respondToChallenge(
  call: SignInCall,
  context: ClientContext,
  given: Answer,
  isHosted = false,
): Promise<Step> {
  const { store } = call.environment;
  const { ChallengeName: name, ChallengeResponses: responses = {} } = given;
  const username = requireParameter(call, responses, "USERNAME");
  requireSecretHash(call, context, username, responses.SECRET_HASH);
  // Of SRP the secret block is the session; where there is one beside it, that is the same.
  const text =
    name === "PASSWORD_VERIFIER" || name === "DEVICE_PASSWORD_VERIFIER"
      ? requireParameter(call, responses, "PASSWORD_CLAIM_SECRET_BLOCK")
      : given.Session;
  if (text === undefined) return refuseSession(call);
  const { session, row, user, failures } = await store.read(async (tx) => {
    const opened = await openAuthSession(call, tx, context, text, [name]);
    if ((opened.session.isHosted === true) !== isHosted) refuseSession(call);
    return { ...opened, ...(await findUserOfSession(call, tx, context, opened.session)) };
  });
  const shown = shownName({ call, context, username: session.username, user });
  const names = [session.username, shown].map((known) => nameKey(context.configuration, known));
  if (!names.includes(nameKey(context.configuration, username))) refuseSession(call);
  requireUnlocked(call, failures);
  const attempt: Attempt = {
    call,
    context,
    username: session.username,
    user,
    flow: session.flow,
    isHosted,
    clientMetadata: given.ClientMetadata,
    deviceKey: responses.DEVICE_KEY ?? session.deviceKey,
    failures,
    origin: originOf(call, context, given),
    session,
  };
  await requireAllowedAddress(attempt);
  switch (name) {
    case "PASSWORD_VERIFIER": {
      const known = await verifyPassword(attempt, responses);
      if (session.flow !== "CUSTOM_AUTH") return afterFirstFactor(known);
      requireActive(known);
      const { results } = stepsOf(call.environment, session, row);
      return define(known, [...results, { challengeName: "PASSWORD_VERIFIER", challengeResult: true }]);
    }
    case "NEW_PASSWORD_REQUIRED":
      return newPassword(requireUser(attempt), responses);
    case "SMS_MFA":
    case "SOFTWARE_TOKEN_MFA":
      return answerCode(requireUser(attempt), name, responses);
    case "EMAIL_OTP":
      return session.isSecondFactor === true
        ? answerCode(requireUser(attempt), name, responses)
        : answerOtp(attempt, name, responses);
    case "SMS_OTP":
      return answerOtp(attempt, name, responses);
    case "SELECT_MFA_TYPE":
      return answerSelection(requireUser(attempt), responses);
    case "MFA_SETUP": {
      const known = requireUser(attempt);
      requireSetUp(known);
      return finish(known);
    }
    case "SELECT_CHALLENGE":
      return answerChoice(attempt, responses);
    case "PASSWORD":
    case "PASSWORD_SRP":
      return answerPassword(attempt, name, responses);
    case "WEB_AUTHN":
      return answerPasskey(requireUser(attempt), responses);
    case "DEVICE_SRP_AUTH":
      return answerDeviceSrp(requireUser(attempt), responses);
    case "DEVICE_PASSWORD_VERIFIER":
      return complete(await requireDeviceProof(requireUser(attempt), responses));
    case "CUSTOM_CHALLENGE":
      return answerCustom(attempt, stepsOf(call.environment, session, row), responses);
    default:
      return refuseSession(call);
  }
}

/** Of challenges that come after a first factor, which nobody cannot have. */
function requireUser(attempt: Attempt): UserAttempt {
  const { call, user } = attempt;
  if (user === undefined) return refuseSession(call);
  const known = { ...attempt, user };
  // The user may have been disabled since.
  requireActive(known);
  return known;
}

async function verifyPassword(attempt: Attempt, responses: StringMap): Promise<UserAttempt> {
  const { call, context, session, user } = attempt;
  const { claim, isTimely } = readClaim(call, responses);
  if (session?.srp === undefined) return refuseSession(call);
  const claimed = { poolId: context.pool.pool_id, username: attempt.username, user };
  const matches = await finishSrp(call.environment, claimed, session.srp, claim);
  if (!matches || !isTimely || user === undefined) return failFactor(attempt);
  await requireStillUnlocked(attempt);
  return { ...attempt, user };
}

async function newPassword(attempt: UserAttempt, responses: StringMap): Promise<Step> {
  const { call, context, user, session } = attempt;
  const { configuration } = context;
  if (session === undefined) return refuseSession(call);
  const password = requireParameter(call, responses, "NEW_PASSWORD");
  const prefix = "userAttributes.";
  const given = Object.entries(responses)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, Value]) => ({ Name: name.slice(prefix.length), Value }));
  const schema = schemaByName(configuration);
  for (const { Name } of given) {
    // Observed 2022: a required attribute that is there is not for this answer to change (API reference).
    if (schema.get(Name)?.Required === true && user.attributes[Name] !== undefined) {
      call.fail("NotAuthorizedException", `Cannot modify an already provided ${Name}`);
    }
  }
  // Whoever has a temporary password must not call an address verified.
  requireWritable(
    call,
    context.clientConfiguration,
    given.map(({ Name }) => Name),
  );
  // What only could be given at sign-up is given now, by users whom somebody else made.
  const { attributes } = changedAttributes(call, configuration, user.attributes, given, { canFillIn: true });
  const [missing] = missingAttributes(configuration, attributes);
  if (missing !== undefined) {
    // Reported from AWS.
    call.fail("InvalidParameterException", `Invalid attributes given, ${missing} is missing`);
  }
  const made = await makePassword(call, context, user, password, { temporary: false });
  await requireUnusedPassword(call, context, user, password);
  const write = async (tx: Parameters<typeof setPassword>[1]) => {
    const current = await rereadPoolUser(call, tx, user);
    const changed = await setPassword(call, tx, context, current, made, "CONFIRMED");
    if (given.length === 0) return changed;
    // Of what is there by now: an administrator may have written others meanwhile.
    const { attributes } = changedAttributes(call, configuration, changed.attributes, given, { canFillIn: true });
    const after = { ...changed, attributes };
    const taken = await syncAliases(tx, context, changed, after, { now: call.now, moves: false });
    if (taken !== undefined) call.fail("AliasExistsException", takenAlias(taken));
    await poolUsers.update(tx, changed, after);
    return after;
  };
  const changed = await call.environment.store.write(async (tx) => {
    await useAuthSession(call, tx, session);
    return write(tx);
  });
  const next = {
    ...attempt,
    user: changed,
    session: { ...session, id: call.random.uuid(), triggerSource: "TokenGeneration_NewPasswordChallenge" as const },
  };
  return (await secondFactor(next)) ?? finish(next);
}
