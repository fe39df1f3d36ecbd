import { authSessions } from "../../../store/auth-sessions.ts";
import { poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { checkRegistration, friendlyName, readCredential } from "./passkey.ts";
import { mostPasskeys, openChallenge, refuseMorePasskeys } from "./registration.ts";
import { isOriginOf, relyingPartyOf, requirePasskeys, userVerificationOf } from "./relying-party.ts";

/** All texts but those of the access token are ours. */
export const CompleteWebAuthnRegistration = cognito("CompleteWebAuthnRegistration", {
  // Keys are read by asynchronous functions.
  transaction: "own",

  resource: async (input, call) => {
    const authorized = await requireAccessToken(call, call.tx, input.AccessToken);
    return {
      arn: "*",
      public: true as const,
      authorized,
      relyingPartyId: (await relyingPartyOf(call.tx, authorized)) ?? "",
    };
  },

  async handle(input, call, { authorized, relyingPartyId }) {
    const { environment, now } = call;
    const { user, client } = authorized;
    requirePasskeys(call, authorized);
    const credential = readCredential(input.Credential, ["attestationObject"]);
    if (credential === undefined) return call.fail("InvalidParameterException", "Credential is not valid.");
    const challenge = openChallenge(environment, credential.clientData.challenge);
    if (challenge === undefined || challenge.userId !== user.user_id || now >= challenge.expiresAt) {
      return call.fail("WebAuthnChallengeNotFoundException", "The registration was not started, or has expired.");
    }
    if (challenge.clientId !== client.client_id) {
      call.fail("WebAuthnClientMismatchException", "The registration was started by another app client.");
    }
    if (!isOriginOf(credential.clientData.origin, relyingPartyId)) {
      call.fail(
        "WebAuthnOriginNotAllowedException",
        "The origin does not belong to the relying party of the user pool.",
      );
    }
    const requiresVerification = userVerificationOf(authorized) === "required";
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
      // Who has signed out meanwhile, or is there no more, has no use for it.
      await requireAccessToken(call, tx, input.AccessToken);
      if (!(await authSessions.use(tx, challenge.id, challenge.expiresAt))) {
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
    return {};
  },
});
