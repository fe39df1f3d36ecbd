/*
 * services/cognito/sign-in/: a sign-in is a walk from one challenge to the next, with tokens at its end. start.ts takes the
 * first step (InitiateAuth), respond.ts the others (RespondToAuthChallenge); advance.ts decides what comes after a factor
 * that stands, and ends it; mfa.ts, custom.ts, choice.ts and devices.ts have the challenges of their kinds. auth-session.ts
 * is what the client carries between two steps, attempts.ts what failures cost. Nothing here runs inside a transaction but
 * what is handed to one.
 */
import type { InitiateAuthResponse } from "@aws-sdk/client-cognito-identity-provider";
import type { CognitoApi } from "../../../contract/cognito.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import { signInFailures } from "../../../store/sign-in-failures.ts";
import type { Tx } from "../../../store/store.ts";
import { Call } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import type { Claimed } from "../passwords/verifier.ts";
import type { Risk } from "../risk/decide.ts";
import type { Origin } from "../risk/origin.ts";
import type { StringMap } from "../triggers/events.ts";
import { eventAttributes, findPoolUser, nameKey, noSuchPoolUser } from "../users/pool-user.ts";
import { hidesUsers } from "../users/public-user.ts";
import { type Failures, lockKey, noteFailure, requireUnlocked } from "./attempts.ts";
import { type AuthSession, sealAuthSession, sessionEnd, useAuthSession } from "./auth-session.ts";
import { recordSignIn } from "./threats.ts";

/** The errors of all four operations together: which of them lists which makes no difference to how they come about. */
export type SignInCall = Call<CognitoApi["InitiateAuth"]["error"] | CognitoApi["RespondToAuthChallenge"]["error"]>;

/** The operation's call, with the errors that any step of a sign-in may end with. */
export function signInCall({ environment, facts, now, tx }: Call): SignInCall {
  return new Call(environment, facts, now, tx);
}

/** Who has signed in at a page of the pool's own, where an authorization code is what follows, and not tokens. */
export interface SignedIn {
  readonly user: PoolUserRow;
  /** What the sign-in writes: in the same commit as what it leads to. */
  readonly alsoWrite: (tx: Tx) => Promise<void>;
}

/** The next challenge, or the end: tokens, and of a sign-in at a page the user. */
export type Step = InitiateAuthResponse & { readonly signedIn?: SignedIn };

/** Who is signing in, and how. */
export interface Attempt {
  readonly call: SignInCall;
  readonly context: ClientContext;
  /** As it was given. */
  readonly username: string;
  /** Undefined where there is nobody of this name. */
  readonly user: PoolUserRow | undefined;
  readonly flow: string;
  /** At a page of the pool's own, which ends without tokens. */
  readonly isHosted: boolean;
  readonly clientMetadata: StringMap | undefined;
  readonly deviceKey: string | undefined;
  readonly failures: Failures;
  readonly origin: Origin;
  /** What is thought of it, once it has been thought of. */
  readonly risk?: Risk | undefined;
  /** Of the session that the client brought, which this step uses up. */
  readonly session?: AuthSession | undefined;
}

/** One who is there. */
export interface UserAttempt extends Attempt {
  readonly user: PoolUserRow;
}

export function claimedOf({ context, username, user }: Pick<Attempt, "context" | "username" | "user">): Claimed {
  // However nobody's name is written, it is one name, as a user's is: one salt, and one count of failures.
  const name = user === undefined ? nameKey(context.configuration, username) : username;
  return { poolId: context.pool.pool_id, username: name, user };
}

/** The user of this name and what is held against the name. */
export async function findClaimed(
  call: SignInCall,
  tx: Tx,
  context: ClientContext,
  username: string,
): Promise<{ readonly user: PoolUserRow | undefined; readonly failures: Failures }> {
  const user = await findPoolUser(tx, context, username);
  const key = lockKey(call.environment, claimedOf({ context, username, user }));
  return { user, failures: await signInFailures.find(tx, key) };
}

/** The user of a session, who may have been deleted since it began. */
export async function findUserOfSession(
  call: SignInCall,
  tx: Tx,
  context: ClientContext,
  { username, userId }: AuthSession,
): Promise<{ readonly user: PoolUserRow | undefined; readonly failures: Failures }> {
  const user = userId === undefined ? undefined : await poolUsers.findById(tx, userId);
  const key = lockKey(call.environment, claimedOf({ context, username, user }));
  return { user, failures: await signInFailures.find(tx, key) };
}

export function requireParameter(call: SignInCall, parameters: StringMap | undefined, name: string): string {
  // Reported from AWS.
  return parameters?.[name] || call.fail("InvalidParameterException", `Missing required parameter ${name}`);
}

/** Reported from AWS; also of nobody, where the client hides its users. */
export function refuseCredentials(call: SignInCall): never {
  return call.fail("NotAuthorizedException", "Incorrect username or password.");
}

/** Refuses a name that is nobody's, where the client may know. */
export function requireKnown(call: SignInCall, context: ClientContext, user: PoolUserRow | undefined): void {
  if (user === undefined && !hidesUsers(context)) call.fail("UserNotFoundException", noSuchPoolUser);
}

/**
 * Looks again, once a factor was found good: of many guesses at one time, all are let in before the first has failed, and
 * the right one among them must be told from the others no more than later.
 */
export async function requireStillUnlocked({ call, ...attempt }: Attempt): Promise<void> {
  const key = lockKey(call.environment, claimedOf(attempt));
  requireUnlocked(call, await call.environment.store.read((tx) => signInFailures.find(tx, key)));
}

/** Counts the failure, and uses up what the client brought, then refuses. */
export async function failFactor(attempt: Attempt): Promise<never> {
  const { call, session } = attempt;
  const key = lockKey(call.environment, claimedOf(attempt));
  await call.environment.store.write(async (tx) => {
    requireUnlocked(call, await signInFailures.find(tx, key));
    if (session !== undefined) await useAuthSession(call, tx, session);
    await noteFailure(call, tx, key);
    await recordSignIn(attempt, tx, "Fail");
  });
  return refuseCredentials(call);
}

/** What the client brought has led to the next challenge and is good for nothing else. */
export async function useUp({ call, session }: Attempt): Promise<void> {
  if (session !== undefined) await call.environment.store.write((tx) => useAuthSession(call, tx, session));
}

/**
 * The name that challenges show. Of nobody it is the one that was given, unless a user's would differ from it: then an
 * invented UUID, always the same for a name (developer guide, "Managing user existence error responses").
 */
export function shownName({
  call,
  context,
  username,
  user,
}: Pick<Attempt, "call" | "context" | "username" | "user">): string {
  if (user !== undefined) return user.username;
  const { UsernameAttributes = [], AliasAttributes = [] } = context.configuration;
  const looksLikeAlias =
    (AliasAttributes.includes("email") && username.includes("@")) ||
    (AliasAttributes.includes("phone_number") && username.startsWith("+"));
  if (UsernameAttributes.length === 0 && !looksLikeAlias) return username;
  const name = `${context.pool.pool_id} ${nameKey(context.configuration, username)}`;
  const digits = Buffer.from(call.environment.seal.mac(name, "simulated user id")).toString("hex");
  const variant = "89ab"[Number.parseInt(digits.slice(16, 17), 16) % 4];
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** What goes on with the next challenge of an attempt. */
export function nextSession(
  { call, context, username, user, flow, isHosted, deviceKey, session, risk }: Attempt,
  name: NonNullable<Step["ChallengeName"]>,
  more: Partial<AuthSession> = {},
): AuthSession {
  return {
    isSecondFactor: session?.isSecondFactor,
    triggerSource: session?.triggerSource,
    risk: risk ?? session?.risk,
    id: call.random.uuid(),
    clientId: context.client.client_id,
    username,
    userId: user?.user_id,
    challenge: name,
    expiresAt: sessionEnd(call, context),
    flow,
    isHosted: isHosted || undefined,
    deviceKey,
    ...more,
  };
}

/** The next challenge of an attempt, with its session. */
export function challenge(
  attempt: Attempt,
  name: NonNullable<Step["ChallengeName"]>,
  parameters: StringMap,
  more: Partial<AuthSession> = {},
): { readonly step: Step; readonly session: AuthSession } {
  const session = nextSession(attempt, name, more);
  const Session = sealAuthSession(attempt.call.environment, session);
  return { session, step: { ChallengeName: name, Session, ChallengeParameters: { ...parameters } } };
}

/** What all triggers of a sign-in are told. */
export function toldOf({ call, context, username, user }: Attempt) {
  return {
    userName: user?.username ?? username,
    clientId: context.client.client_id,
    userAgent: call.facts.userAgent,
    userAttributes: user === undefined ? {} : eventAttributes(user),
    userNotFound: hidesUsers(context) ? user === undefined : undefined,
  };
}
