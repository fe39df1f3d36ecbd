import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import { browserSessionCookie } from "../authorization/browser-session.ts";
import { completeAuthorization } from "../authorization/complete.ts";
import { associateSoftwareToken, verifySoftwareToken } from "../mfa/software-token.ts";
import { signUpSession } from "../sign-in/auto-sign-in.ts";
import { respondToChallenge } from "../sign-in/respond.ts";
import type { Step } from "../sign-in/sign-in.ts";
import { startSignIn } from "../sign-in/start.ts";
import { findPoolUser } from "../users/pool-user.ts";
import { type Fault, type FaultKind, faultOf, isRefusal } from "./fault.ts";
import type { Asked, SignedUp } from "./step.ts";
import { callOf, pageContext, type Visit } from "./visit.ts";

/** How a sign-in goes on. */
export type Outcome =
  | { readonly kind: "asked"; readonly step: Asked }
  /** The browser goes to the app, signed in. */
  | { readonly kind: "done"; readonly location: string; readonly cookie: string }
  /** With the step, where it may be tried again. */
  | { readonly kind: "refused"; readonly fault: Fault; readonly step?: Asked }
  /** Who knew the password of a user that waits to be confirmed. */
  | { readonly kind: "unconfirmed"; readonly who: SignedUp }
  | { readonly kind: "password reset"; readonly username: string };

/** What a sign-in begins with, besides the password. */
export type OtherFactor = "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN";

export function signInWithPassword(visit: Visit, username: string, password: string): Promise<Outcome> {
  return begin(visit, username, (call) =>
    startSignIn(
      call,
      pageContext(visit),
      { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: username, PASSWORD: password } },
      "page",
    ),
  );
}

/** Of a user without that factor the answer is a choice among what there is. */
export function signInWith(visit: Visit, username: string, factor: OtherFactor): Promise<Outcome> {
  return begin(visit, username, (call) =>
    startSignIn(
      call,
      pageContext(visit),
      { AuthFlow: "USER_AUTH", AuthParameters: { USERNAME: username, PREFERRED_CHALLENGE: factor } },
      "page",
    ),
  );
}

/**
 * Who was just confirmed with this browser is signed in by that (as apps can do it: API reference, ConfirmSignUp, Session),
 * under the name that was given: it is what an authenticator app will show.
 */
export function signInConfirmed(
  visit: Visit,
  user: Pick<PoolUserRow, "user_id" | "username">,
  username: string,
): Promise<Outcome> {
  const context = pageContext(visit);
  return begin(visit, username, (call) =>
    startSignIn(
      call,
      context,
      {
        AuthFlow: "USER_AUTH",
        AuthParameters: { USERNAME: username },
        Session: signUpSession(call, context, user, "CONFIRMED_SIGN_UP"),
      },
      "page",
    ),
  );
}

async function begin(visit: Visit, username: string, start: (call: Call<string>) => Promise<Step>): Promise<Outcome> {
  const call = await callOf(visit);
  try {
    await admit(visit, "cognito-idp:InitiateAuth");
    return await next(visit, call, username, await start(call));
  } catch (error) {
    return refusedOrSent(visit, username, error);
  }
}

async function admit({ environment, facts, now }: Visit, action: string): Promise<void> {
  await environment.rateLimits?.admit(action, facts, now);
}

/** What the user is asked next, or the end. */
async function next(visit: Visit, call: Call<string>, username: string, step: Step): Promise<Outcome> {
  if (step.signedIn !== undefined) {
    const { user, alsoWrite } = step.signedIn;
    return enter(visit, user, alsoWrite);
  }
  const asked: Asked = {
    challenge: step.ChallengeName ?? "",
    session: step.Session ?? "",
    username,
    parameters: shownOf(step.ChallengeParameters ?? {}),
    choices: choicesOf(step),
  };
  if (asked.challenge !== "MFA_SETUP") return { kind: "asked", step: asked };
  const { SecretCode, Session = "" } = await visit.environment.store.write((tx) =>
    associateSoftwareToken(call, tx, { Session: asked.session }),
  );
  return { kind: "asked", step: { ...asked, session: Session, secret: SecretCode } };
}

/** What pages show; all that the API says besides would make the form too large to be sent back. */
const shown = ["requiredAttributes", "CODE_DELIVERY_DESTINATION", "CREDENTIAL_REQUEST_OPTIONS"];

function shownOf(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => shown.includes(name)));
}

async function enter(
  { environment, facts, address, context, request, now }: Visit,
  user: PoolUserRow,
  alsoWrite: NonNullable<Step["signedIn"]>["alsoWrite"],
): Promise<Outcome> {
  const signIn = { address, context, request, user, authTime: now, now, alsoWrite };
  const { location } = await completeAuthorization(environment, facts, signIn);
  const { pool_id: poolId } = context.pool;
  const session = { userId: user.user_id, poolId, authTime: now, clientId: request.clientId };
  return { kind: "done", location, cookie: await browserSessionCookie(environment, address, session, now) };
}

/** Factors, as a page offers them: that a password need not be sent is of no use where it is typed into a form. */
function choicesOf({ ChallengeName, ChallengeParameters, AvailableChallenges = [] }: Step): string[] {
  if (ChallengeName === "SELECT_MFA_TYPE") {
    return JSON.parse(ChallengeParameters?.MFAS_CAN_CHOOSE ?? "[]") as string[]; // secondFactor wrote it
  }
  return AvailableChallenges.filter((name) => name !== "PASSWORD_SRP");
}

/** The member of the answer that each challenge takes what was typed in. */
const answerNames: Readonly<Record<string, string>> = {
  SMS_MFA: "SMS_MFA_CODE",
  SMS_OTP: "SMS_OTP_CODE",
  EMAIL_OTP: "EMAIL_OTP_CODE",
  SOFTWARE_TOKEN_MFA: "SOFTWARE_TOKEN_MFA_CODE",
  SELECT_MFA_TYPE: "ANSWER",
  SELECT_CHALLENGE: "ANSWER",
  PASSWORD: "PASSWORD",
  WEB_AUTHN: "CREDENTIAL",
  NEW_PASSWORD_REQUIRED: "NEW_PASSWORD",
};

/** The answer to what a page asked. */
export async function answerStep(
  visit: Visit,
  step: Asked,
  answer: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const call = await callOf(visit);
  const { environment } = visit;
  try {
    await admit(visit, "cognito-idp:RespondToAuthChallenge");
    if (step.challenge === "MFA_SETUP") {
      const { Session = "" } = await environment.store.write((tx) =>
        verifySoftwareToken(call, tx, { Session: step.session }, { code: answer, name: undefined }),
      );
      return await respond(visit, call, { ...step, session: Session }, {});
    }
    const responses: Record<string, string> = { [answerNames[step.challenge] ?? "ANSWER"]: answer };
    for (const [name, value] of Object.entries(attributes)) responses[`userAttributes.${name}`] = value;
    return await respond(visit, call, step, responses);
  } catch (error) {
    const outcome = await refusedOrSent(visit, step.username, error);
    if (outcome.kind !== "refused" || endings.has(outcome.fault.kind)) return outcome;
    // Each passkey is asked for anew.
    return step.challenge === "WEB_AUTHN" ? outcome : { ...outcome, step };
  }
}

async function respond(
  visit: Visit,
  call: Call<string>,
  { challenge, session, username }: Asked,
  responses: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const given = {
    ChallengeName: challenge as ChallengeNameType, // the sign-in gave it
    Session: session,
    ChallengeResponses: { USERNAME: username, ...responses },
  };
  return next(visit, call, username, await respondToChallenge(call, pageContext(visit), given, true));
}

/** After these, the sign-in begins again. */
const endings: ReadonlySet<FaultKind> = new Set([
  "blocked",
  "disabled",
  "expiredPassword",
  "sessionEnded",
  "wrongCredentials",
]);

/** Refusals that lead to another page come only once it is certain who is there. */
async function refusedOrSent(visit: Visit, username: string, error: unknown): Promise<Outcome> {
  if (isRefusal(error, "PasswordResetRequiredException")) return { kind: "password reset", username };
  if (!isRefusal(error, "UserNotConfirmedException")) return { kind: "refused", fault: faultOf(error) };
  const user = await visit.environment.store.read((tx) => findPoolUser(tx, visit.context, username));
  if (user === undefined) return { kind: "refused", fault: { kind: "wrongCredentials" } };
  return { kind: "unconfirmed", who: { userId: user.user_id, username, destination: "" } };
}
