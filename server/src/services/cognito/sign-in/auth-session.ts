import { SealError } from "../../../crypto/seal.ts";
import { type AuthSessionKey, type AuthSessionRow, authSessions } from "../../../store/auth-sessions.ts";
import { signInFailures } from "../../../store/sign-in-failures.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call, Environment } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import type { SrpState } from "../passwords/verifier.ts";
import type { Risk } from "../risk/decide.ts";
import type { ChallengeResult, StringMap } from "../triggers/events.ts";
import { forgottenAfterMs } from "./attempts.ts";

/**
 * A sign-in under way, which the client carries from one request to the next as `Session` or, of SRP, as SECRET_BLOCK:
 * sealed, so that it tells nothing and cannot be changed, good once and for as long as the client's AuthSessionValidity.
 */
export interface AuthSession {
  /** A UUID; the session of tokens that it leads to goes by it. */
  readonly id: string;
  readonly clientId: string;
  /** As it was given. */
  readonly username: string;
  /** Undefined where there is nobody of this name, which the client need not learn. */
  readonly userId?: string | undefined;
  /** What is asked of the client now. */
  readonly challenge: string;
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly flow: string;
  /** Of a page, where alone it goes on: pages ask neither for the client's secret nor for a flow that it allows. */
  readonly isHosted?: boolean | undefined;
  readonly deviceKey?: string | undefined;
  readonly srp?: SrpState | undefined;
  /** What else may be chosen, of SELECT_CHALLENGE. */
  readonly choices?: readonly string[] | undefined;
  /** Of MFA_SETUP: what VerifySoftwareToken found good. */
  readonly isVerified?: boolean | undefined;
  /** Of WEB_AUTHN: what the authenticator is to sign. */
  readonly passkeyChallenge?: string | undefined;
  /** Where a code was sent. */
  readonly destination?: string | undefined;
  /** The first factor stands; a second is asked for. */
  readonly isSecondFactor?: boolean | undefined;
  readonly triggerSource?: "TokenGeneration_NewPasswordChallenge" | "TokenGeneration_AuthenticateDevice" | undefined;
  /** What threat protection thought of it. */
  readonly risk?: Risk | undefined;
  /** Whether there is a row with more, as `Steps` has it. */
  readonly hasSteps?: boolean | undefined;
}

/** Of a custom authentication: what the functions have said so far, which is not for the client's eyes. */
export interface Steps {
  readonly results: readonly ChallengeResult[];
  readonly privateParameters: StringMap;
  readonly metadata?: string | undefined;
}

const context = "auth-session";

/** Of what is good once and ends: the row that says whether it was used. */
export function rowKey({ id, expiresAt }: Pick<AuthSession, "id" | "expiresAt">): AuthSessionKey {
  return { session_id: id, expires_at: expiresAt };
}

function sealed({ seal, random }: Pick<Environment, "seal" | "random">, session: AuthSession): Buffer {
  return Buffer.from(seal.seal(JSON.stringify(session), context, random.bytes(12)));
}

/** For the member `Session`. */
export function sealAuthSession(environment: Pick<Environment, "seal" | "random">, session: AuthSession): string {
  return sealed(environment, session).toString("base64url");
}

/** For SECRET_BLOCK, which clients take for base64. */
export function sealSecretBlock(environment: Pick<Environment, "seal" | "random">, session: AuthSession): string {
  return sealed(environment, session).toString("base64");
}

/** For `Session` beside that, without the numbers: with them it would be longer than the API lets it be. */
export function sealBesideBlock(environment: Pick<Environment, "seal" | "random">, session: AuthSession): string {
  return sealAuthSession(environment, { ...session, srp: undefined });
}

const longest = 8_192;

/** Undefined for what is none of ours. */
function unsealed({ seal }: Pick<Environment, "seal">, text: string): AuthSession | undefined {
  if (text.length > longest) return undefined;
  try {
    return JSON.parse(Buffer.from(seal.open(Buffer.from(text, "base64"), context)).toString()) as AuthSession; // `sealed` wrote it
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

type SessionCall = Call<"NotAuthorizedException">;

/** Reported from AWS: for what is none, another client's or meant for another challenge. */
export function refuseSession(call: SessionCall): never {
  return call.fail("NotAuthorizedException", "Invalid session for the user.");
}

/** Recorded from AWS, 2026-09. */
function refuseUsed(call: SessionCall): never {
  return call.fail("NotAuthorizedException", "Invalid session for the user, session can only be used once.");
}

const mostFailures = 5;

/**
 * What the client brought back, if it is good for this challenge. Used ones are refused by `useAuthSession`; it and what
 * leads to it look at the same row, so that no two requests get past it.
 */
export async function openAuthSession(
  call: SessionCall,
  tx: Tx,
  { client }: Pick<ClientContext, "client">,
  text: string | undefined,
  challenges: readonly string[],
): Promise<{ readonly session: AuthSession; readonly row: AuthSessionRow | undefined }> {
  const session = text === undefined ? undefined : unsealed(call.environment, text);
  if (session === undefined || session.clientId !== client.client_id || !challenges.includes(session.challenge)) {
    return refuseSession(call);
  }
  if (call.now >= session.expiresAt) {
    return call.fail("NotAuthorizedException", "Invalid session for the user, session is expired.");
  }
  const row = await authSessions.find(tx, rowKey(session));
  if (row?.used === 1) return refuseUsed(call);
  if (row !== undefined && row.failures >= mostFailures) return refuseSession(call);
  return { session, row };
}

/** For the operations that have no other word of which client is meant than the session. */
export async function openSessionAlone(
  call: SessionCall,
  tx: Tx,
  text: string,
  challenges: readonly string[],
): Promise<{ readonly session: AuthSession; readonly context: ClientContext }> {
  const clientId = unsealed(call.environment, text)?.clientId;
  const context = clientId === undefined ? undefined : await call.environment.appClients.find(tx, clientId);
  if (context === undefined) return refuseSession(call);
  const { session } = await openAuthSession(call, tx, context, text, challenges);
  return { session, context };
}

/** In the transaction that goes on from here: of two that would use it, one is refused. */
export async function useAuthSession(call: SessionCall, tx: Tx, session: AuthSession): Promise<void> {
  if (!(await authSessions.use(tx, rowKey(session)))) refuseUsed(call);
}

export async function keepSteps(
  { seal, random }: Pick<Environment, "seal" | "random">,
  tx: Tx,
  session: AuthSession,
  steps: Steps,
): Promise<void> {
  const content = seal.seal(JSON.stringify(steps), `${context}:${session.id}`, random.bytes(12));
  await authSessions.insert(tx, rowKey(session), content);
}

export function stepsOf(
  { seal }: Pick<Environment, "seal">,
  { id }: AuthSession,
  row: AuthSessionRow | undefined,
): Steps {
  if (row?.content_sealed == null) return { results: [], privateParameters: {} };
  return JSON.parse(Buffer.from(seal.open(row.content_sealed, `${context}:${id}`)).toString()) as Steps; // `keepSteps` wrote it
}

/** When a session that begins now ends. */
export function sessionEnd({ now }: Pick<Call, "now">, { clientConfiguration }: ClientContext): number {
  return now + (clientConfiguration.AuthSessionValidity ?? 3) * 60_000;
}

const sweepEveryMs = 600_000;
const swept = new WeakMap<Environment, number>();

/** What has expired is forgotten now and then, behind the requests. */
export function sweepAuthSessions(environment: Environment, now: number): void {
  const last = swept.get(environment);
  if (last === undefined) swept.set(environment, now);
  if (last === undefined || Math.abs(now - last) < sweepEveryMs) return;
  swept.set(environment, now);
  environment.tasks.run("forgetting sign-ins that have ended", () =>
    environment.store.write(async (tx) => {
      await authSessions.deleteExpired(tx, now);
      await signInFailures.deleteStale(tx, now - 2 * forgottenAfterMs);
    }),
  );
}
