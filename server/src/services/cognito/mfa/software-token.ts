import { base32 } from "../../../crypto/base32.ts";
import { poolUserTotp } from "../../../store/pool-user-totp.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import {
  type AuthSession,
  openSessionAlone,
  refuseSession,
  sealAuthSession,
  sessionEnd,
  useAuthSession,
} from "../sign-in/auth-session.ts";
import { findTotpStep, poolFactors, sealTotpSecret } from "./mfa.ts";

type SoftwareTokenCall = Call<"NotAuthorizedException" | "SoftwareTokenMFANotFoundException">;

/** Whose authenticator app is set up: of a user who is signed in, or of one who is signing in and has to. */
interface Owner {
  readonly context: ClientContext;
  readonly user: PoolUserRow;
  readonly session: AuthSession | undefined;
}

export interface Bearer {
  readonly AccessToken?: string | undefined;
  readonly Session?: string | undefined;
}

async function requireOwner(call: SoftwareTokenCall, tx: Tx, { AccessToken, Session }: Bearer): Promise<Owner> {
  const owner = await findOwner(call, tx, AccessToken, Session);
  if (!poolFactors(owner.context.configuration).has("SOFTWARE_TOKEN_MFA")) {
    // Reported from AWS.
    call.fail("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool.");
  }
  return owner;
}

async function findOwner(
  call: SoftwareTokenCall,
  tx: Tx,
  accessToken: string | undefined,
  text: string | undefined,
): Promise<Owner> {
  if (accessToken !== undefined) {
    const context = await requireAccessToken(call, tx, accessToken);
    return { context, user: context.user, session: undefined };
  }
  // The text is ours.
  if (text === undefined) return call.fail("InvalidParameterException", "Either AccessToken or Session is required.");
  const { session, context } = await openSessionAlone(call, tx, text, ["MFA_SETUP"]);
  const user = session.userId === undefined ? undefined : await poolUsers.findById(tx, session.userId);
  return user === undefined ? refuseSession(call) : { context, user, session };
}

/** What the client brought is used up; what it gets goes on from there. */
async function nextSession(
  call: SoftwareTokenCall,
  tx: Tx,
  { context, session }: Owner,
  more: Partial<AuthSession>,
): Promise<{ readonly Session?: string }> {
  if (session === undefined) return {};
  await useAuthSession(call, tx, session);
  const next = { ...session, ...more, id: call.random.uuid(), expiresAt: sessionEnd(call, context) };
  return { Session: sealAuthSession(call.environment, next) };
}

/** As long as AWS's: 52 characters. */
const secretBytes = 32;

/** A new secret for the user's app. The one before stays good until this one is verified (API reference). */
export async function associateSoftwareToken(
  call: SoftwareTokenCall,
  tx: Tx,
  bearer: Bearer,
): Promise<{ readonly SecretCode: string; readonly Session?: string }> {
  const owner = await requireOwner(call, tx, bearer);
  const { user_id, pool_id } = owner.user;
  const secret = call.random.bytes(secretBytes);
  const secret_sealed = sealTotpSecret(call.environment, user_id, secret);
  const SecretCode = base32(secret);
  secret.fill(0);
  await poolUserTotp.putPending(tx, { user_id, pool_id, secret_sealed, friendly_name: null, last_step: 0 });
  return { SecretCode, ...(await nextSession(call, tx, owner, {})) };
}

/**
 * Whether the user's app shows the codes of the new secret. The code is used up, as any other. Wrong ones cost nothing:
 * who tries them has been told the secret.
 */
export async function verifySoftwareToken(
  call: SoftwareTokenCall & Call<"EnableSoftwareTokenMFAException">,
  tx: Tx,
  bearer: Bearer,
  { code, name }: { readonly code: string; readonly name: string | undefined },
): Promise<{ readonly Status: "SUCCESS"; readonly Session?: string }> {
  const owner = await requireOwner(call, tx, bearer);
  const row = await poolUserTotp.findPending(tx, owner.user.user_id);
  if (row === undefined) {
    // Reported from AWS (amazon-cognito-identity-js#630).
    return call.fail("SoftwareTokenMFANotFoundException", "Software Token MFA does not exist for the user.");
  }
  const step = findTotpStep(call, row, code);
  // Reported from AWS (amplify-flutter#4490, 2024).
  if (step === undefined) return call.fail("EnableSoftwareTokenMFAException", "Code mismatch");
  await poolUserTotp.verify(tx, { ...row, friendly_name: name || null, last_step: step });
  return { Status: "SUCCESS", ...(await nextSession(call, tx, owner, { isVerified: true })) };
}
