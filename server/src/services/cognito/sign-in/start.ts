import type { AuthFlowType } from "@aws-sdk/client-cognito-identity-provider";
import { ServiceException } from "../../../contract/service-exception.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import { type ClientContext, requireSecretHash } from "../app-clients/app-client.ts";
import { type GivenContext, originOf } from "../risk/origin.ts";
import { findRefreshedUser, refreshTokens } from "../sessions/refresh.ts";
import type { StringMap } from "../triggers/events.ts";
import { canMigrate, migrateUser } from "../users/migration.ts";
import { hidesUsers } from "../users/public-user.ts";
import { afterFirstFactor } from "./advance.ts";
import { lockKey, noteFailure, requireUnlocked } from "./attempts.ts";
import { sweepAuthSessions } from "./auth-session.ts";
import { openSignUpSession } from "./auto-sign-in.ts";
import { startChoice } from "./choice.ts";
import { define } from "./custom.ts";
import { flowOf, requireFlow } from "./flows.ts";
import { byPassword, srpChallenge } from "./password.ts";
import {
  type Attempt,
  claimedOf,
  findClaimed,
  requireKnown,
  requireParameter,
  type SignInCall,
  type Step,
  toldOf,
} from "./sign-in.ts";
import { requireAllowedAddress } from "./threats.ts";

export interface Beginning extends GivenContext {
  readonly AuthFlow: AuthFlowType;
  readonly AuthParameters?: Record<string, string> | undefined;
  readonly ClientMetadata?: StringMap | undefined;
  readonly Session?: string | undefined;
}

/** The first step of a sign-in, for users, for administrators, who may use one flow more, and for the pool's own pages. */
export async function startSignIn(
  call: SignInCall,
  context: ClientContext,
  given: Beginning,
  by: "user" | "administrator" | "page",
): Promise<Step> {
  const { store } = call.environment;
  const { AuthParameters: parameters, ClientMetadata: clientMetadata } = given;
  const flow = flowOf(given.AuthFlow);
  if (flow === "ADMIN_USER_PASSWORD_AUTH" && by !== "administrator") {
    // Reported from AWS (getmoto/moto#4836).
    call.fail("InvalidParameterException", "Initiate Auth method not supported.");
  }
  sweepAuthSessions(call.environment, call.now);
  requireFlow(call, context.clientConfiguration, flow);
  if (flow === "REFRESH_TOKEN_AUTH") return refresh(call, context, parameters, clientMetadata);
  const username = requireParameter(call, parameters, "USERNAME");
  requireSecretHash(call, context, username, parameters?.SECRET_HASH);
  const found = await store.read((tx) => findClaimed(call, tx, context, username));
  const password = parameters?.PASSWORD;
  const isByPassword = flow === "USER_PASSWORD_AUTH" || flow === "ADMIN_USER_PASSWORD_AUTH";
  let user: PoolUserRow | undefined = found.user;
  if (user === undefined && isByPassword && password !== undefined && canMigrate(call, context)) {
    requireUnlocked(call, found.failures);
    user = await migrateUser(call, context, username, { password, validationData: clientMetadata }).catch((error) =>
      failMigration(call, context, username, error),
    );
  }
  requireKnown(call, context, user);
  requireUnlocked(call, found.failures);
  const attempt: Attempt = {
    call,
    context,
    username,
    user,
    flow,
    isHosted: by === "page",
    clientMetadata: undefined,
    deviceKey: parameters?.DEVICE_KEY,
    failures: found.failures,
    origin: originOf(call, context, given),
  };
  await requireAllowedAddress(attempt);
  await preAuthenticate(attempt, clientMetadata);
  switch (flow) {
    case "USER_PASSWORD_AUTH":
    case "ADMIN_USER_PASSWORD_AUTH":
      return byPassword(attempt, requireParameter(call, parameters, "PASSWORD"));
    case "USER_SRP_AUTH":
      return (await srpChallenge(attempt, requireParameter(call, parameters, "SRP_A"))).step;
    case "CUSTOM_AUTH": {
      if (parameters?.CHALLENGE_NAME !== "SRP_A") return define(attempt, []);
      const srpA = requireParameter(call, parameters, "SRP_A");
      return define(attempt, [{ challengeName: "SRP_A", challengeResult: true }], srpA);
    }
    case "USER_AUTH": {
      const { Session: text } = given;
      if (text === undefined || user === undefined) return startChoice(attempt, parameters ?? {});
      const session = await store.read((tx) => openSignUpSession(call, tx, context, user, text, "CONFIRMED_SIGN_UP"));
      return afterFirstFactor({ ...attempt, user, session });
    }
  }
}

/** What the pool's function refuses is a guess at a password like any other, and counts. */
async function failMigration(
  call: SignInCall,
  context: ClientContext,
  username: string,
  error: unknown,
): Promise<never> {
  if (error instanceof ServiceException && error.code === "UserLambdaValidationException") {
    const key = lockKey(call.environment, claimedOf({ context, username, user: undefined }));
    await call.environment.store.write((tx) => noteFailure(call, tx, key));
  }
  throw error;
}

async function refresh(
  call: SignInCall,
  context: ClientContext,
  parameters: StringMap | undefined,
  clientMetadata: StringMap | undefined,
): Promise<Step> {
  const refreshToken = requireParameter(call, parameters, "REFRESH_TOKEN");
  if (context.secrets.length > 0) {
    const user = await call.environment.store.read((tx) => findRefreshedUser(call, tx, context, refreshToken));
    const name = user?.username ?? "";
    requireSecretHash(call, context, name, parameters?.SECRET_HASH);
  }
  const deviceKey = parameters?.DEVICE_KEY;
  const tokens = await refreshTokens(call, context, { refreshToken, deviceKey, clientMetadata });
  return { AuthenticationResult: tokens, ChallengeParameters: {} };
}

/** The ClientMetadata of the request that begins a sign-in is this trigger's validation data (API reference, InitiateAuth). */
export async function preAuthenticate(attempt: Attempt, validationData: StringMap | undefined): Promise<void> {
  const { call, context } = attempt;
  // Of nobody it is asked only where the client hides its users, and then says so.
  if (attempt.user === undefined && !hidesUsers(context)) return;
  const { userAttributes, userNotFound, ...base } = toldOf(attempt);
  await call.environment.triggers.invoke(context.pool, "PreAuthentication", {
    ...base,
    triggerSource: "PreAuthentication_Authentication",
    request: { userAttributes, validationData, userNotFound },
  });
}
