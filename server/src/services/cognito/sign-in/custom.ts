import type { ChallengeResult, StringMap } from "../triggers/events.ts";
import { unrecognizable } from "../triggers/responses.ts";
import { keepSteps, refuseSession, type Steps, sealBesideBlock, useAuthSession } from "./auth-session.ts";
import { finish, requireActive } from "./finish.ts";
import { srpChallenge } from "./password.ts";
import {
  type Attempt,
  challenge,
  failFactor,
  requireParameter,
  type Step,
  shownName,
  toldOf,
  type UserAttempt,
} from "./sign-in.ts";

/** Asks the pool's function what comes next, and does it (developer guide, "Custom authentication challenge Lambda triggers"). */
export async function define(attempt: Attempt, results: readonly ChallengeResult[], srpA?: string): Promise<Step> {
  const { call, context, clientMetadata } = attempt;
  const { triggers } = call.environment;
  const { userAttributes, userNotFound, ...base } = toldOf(attempt);
  const answer = await triggers.invoke(context.pool, "DefineAuthChallenge", {
    ...base,
    triggerSource: "DefineAuthChallenge_Authentication",
    request: { userAttributes, session: results, clientMetadata, userNotFound },
  });
  if (answer === undefined) {
    // Reported from AWS.
    return call.fail("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.");
  }
  if (answer.failAuthentication) return failFactor(attempt);
  if (answer.issueTokens) {
    if (attempt.user === undefined) return failFactor(attempt);
    const known: UserAttempt = { ...attempt, user: attempt.user };
    requireActive(known);
    return finish(known);
  }
  if (answer.challengeName === "PASSWORD_VERIFIER" && srpA !== undefined) return verifier(attempt, results, srpA);
  if (answer.challengeName !== "CUSTOM_CHALLENGE") return unrecognizable();
  return create(attempt, results);
}

/** Custom authentication that begins with the password. */
async function verifier(attempt: Attempt, results: readonly ChallengeResult[], srpA: string): Promise<Step> {
  const { environment } = attempt.call;
  const { session, step } = await srpChallenge(attempt, srpA, { hasSteps: true });
  await environment.store.write((tx) => keepSteps(environment, tx, session, { results, privateParameters: {} }));
  return { ...step, Session: sealBesideBlock(environment, session) };
}

async function create(attempt: Attempt, results: readonly ChallengeResult[]): Promise<Step> {
  const { call, context, clientMetadata, session: before } = attempt;
  const { environment } = call;
  const { userAttributes, userNotFound, ...base } = toldOf(attempt);
  const made = await environment.triggers.invoke(context.pool, "CreateAuthChallenge", {
    ...base,
    triggerSource: "CreateAuthChallenge_Authentication",
    request: { userAttributes, challengeName: "CUSTOM_CHALLENGE", session: results, clientMetadata, userNotFound },
  });
  if (made === undefined) {
    return call.fail("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.");
  }
  const { step, session } = challenge(
    attempt,
    "CUSTOM_CHALLENGE",
    { USERNAME: shownName(attempt), ...made.publicChallengeParameters },
    { hasSteps: true },
  );
  const steps: Steps = {
    results,
    privateParameters: made.privateChallengeParameters,
    metadata: made.challengeMetadata,
  };
  await environment.store.write(async (tx) => {
    if (before !== undefined) await useAuthSession(call, tx, before);
    await keepSteps(environment, tx, session, steps);
  });
  return step;
}

/** The answer to a challenge of the pool's own: the function says whether it is right, and then what comes next. */
export async function answerCustom(attempt: Attempt, steps: Steps, responses: StringMap | undefined): Promise<Step> {
  const { call, context, clientMetadata, session } = attempt;
  if (session === undefined) return refuseSession(call);
  const challengeAnswer = requireParameter(call, responses, "ANSWER");
  const { userAttributes, userNotFound, ...base } = toldOf(attempt);
  const checked = await call.environment.triggers.invoke(context.pool, "VerifyAuthChallengeResponse", {
    ...base,
    triggerSource: "VerifyAuthChallengeResponse_Authentication",
    request: {
      userAttributes,
      privateChallengeParameters: steps.privateParameters,
      challengeAnswer,
      clientMetadata,
      userNotFound,
    },
  });
  if (checked === undefined) {
    return call.fail("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.");
  }
  const result = {
    challengeName: "CUSTOM_CHALLENGE",
    challengeResult: checked.answerCorrect,
    challengeMetadata: steps.metadata,
  };
  return define(attempt, [...steps.results, result]);
}
