import type { CognitoApi } from "../../../contract/cognito.ts";
import { authSessions } from "../../../store/auth-sessions.ts";
import { poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { rowKey } from "../sign-in/auth-session.ts";
import { checkRegistration, friendlyName, readCredential } from "./passkey.ts";
import { mostPasskeys, openChallenge, refuseMorePasskeys } from "./registration.ts";
import { isOriginOf, requirePasskeys, userVerificationOf } from "./relying-party.ts";

export interface Registration {
  readonly context: ClientContext;
  readonly user: PoolUserRow;
  readonly relyingPartyId: string;
  /** What the browser's authenticator answered to `creationOptions`. */
  readonly credential: unknown;
  /** Refuses who has signed out meanwhile, or is there no more. */
  readonly requireStill: (tx: Tx) => Promise<unknown> | unknown;
}

/** Keeps a new passkey of the user. Never within a transaction: keys are read by asynchronous functions. All texts are ours. */
export async function registerPasskey(
  call: Call<CognitoApi["CompleteWebAuthnRegistration"]["error"]>,
  { context, user, relyingPartyId, credential: given, requireStill }: Registration,
): Promise<void> {
  const { environment, now } = call;
  requirePasskeys(call, context);
  const credential = readCredential(given, ["attestationObject"]);
  if (credential === undefined) return call.fail("InvalidParameterException", "Credential is not valid.");
  const challenge = openChallenge(environment, credential.clientData.challenge);
  if (challenge === undefined || challenge.userId !== user.user_id || now >= challenge.expiresAt) {
    return call.fail("WebAuthnChallengeNotFoundException", "The registration was not started, or has expired.");
  }
  if (challenge.clientId !== context.client.client_id) {
    call.fail("WebAuthnClientMismatchException", "The registration was started by another app client.");
  }
  if (!isOriginOf(credential.clientData.origin, relyingPartyId)) {
    call.fail("WebAuthnOriginNotAllowedException", "The origin does not belong to the relying party of the user pool.");
  }
  const requiresVerification = userVerificationOf(context) === "required";
  const made = await checkRegistration(credential, { relyingPartyId, requiresVerification });
  if (made === "relying party") {
    return call.fail(
      "WebAuthnRelyingPartyMismatchException",
      "The passkey is not of the relying party of the user pool.",
    );
  }
  if (made === "unsupported") {
    return call.fail("WebAuthnCredentialNotSupportedException", "The passkey's authenticator is not supported.");
  }
  if (made === "malformed") return call.fail("InvalidParameterException", "Credential is not valid.");
  await environment.store.write(async (tx) => {
    await requireStill(tx);
    if (!(await authSessions.use(tx, rowKey(challenge)))) {
      call.fail("WebAuthnChallengeNotFoundException", "The registration was not started, or has expired.");
    }
    const known = await poolUserPasskeys.list(tx, user.user_id, "", mostPasskeys);
    if (known.length >= mostPasskeys) refuseMorePasskeys(call);
    if ((await poolUserPasskeys.find(tx, credential.id)) !== undefined) {
      call.fail("InvalidParameterException", "The passkey is registered already.");
    }
    await poolUserPasskeys.insert(tx, {
      credential_id: credential.id,
      user_id: user.user_id,
      pool_id: user.pool_id,
      public_key: made.publicKey,
      counter: made.counter,
      friendly_name: friendlyName(made.aaguid),
      relying_party_id: relyingPartyId,
      attachment: credential.attachment,
      transports: credential.transports,
      created_at: now,
    });
  });
}
