import { type PoolUserPasskeyRow, poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import type { StringMap } from "../triggers/events.ts";
import { checkAssertion, parse, readCredential } from "../webauthn/passkey.ts";
import { mostPasskeys, requestOptions } from "../webauthn/registration.ts";
import {
  allowsPasskeys,
  isOriginOf,
  relyingPartyOf,
  standsForBothFactors,
  userVerificationOf,
} from "../webauthn/relying-party.ts";
import { refuseSession } from "./auth-session.ts";
import {
  type Attempt,
  challenge,
  failFactor,
  requireParameter,
  requireStillUnlocked,
  type Step,
  type UserAttempt,
  useUp,
} from "./sign-in.ts";

interface Passkeys {
  readonly relyingPartyId: string;
  readonly passkeys: readonly PoolUserPasskeyRow[];
}

/** Those of the user that this pool would take now; undefined where there is none. */
export async function passkeysOf({ call, context, user }: Attempt): Promise<Passkeys | undefined> {
  if (user === undefined || !allowsPasskeys(context)) return undefined;
  return call.environment.store.read(async (tx) => {
    const relyingPartyId = await relyingPartyOf(tx, context);
    const all = await poolUserPasskeys.list(tx, user.user_id, "", mostPasskeys);
    const passkeys = all.filter(({ relying_party_id }) => relying_party_id === relyingPartyId);
    return relyingPartyId === undefined || passkeys.length === 0 ? undefined : { relyingPartyId, passkeys };
  });
}

export async function askForPasskey(attempt: Attempt): Promise<Step> {
  const { call, context } = attempt;
  const found = await passkeysOf(attempt);
  if (found === undefined) return refuseSession(call);
  const passkeyChallenge = Buffer.from(call.random.bytes(32)).toString("base64url");
  const CREDENTIAL_REQUEST_OPTIONS = requestOptions(context, found.relyingPartyId, found.passkeys, passkeyChallenge);
  const { step } = challenge(attempt, "WEB_AUTHN", { CREDENTIAL_REQUEST_OPTIONS }, { passkeyChallenge });
  await useUp(attempt);
  return step;
}

/** The answer to WEB_AUTHN: returns where the passkey stands, with whether it stands for both factors. */
export async function requirePasskey(
  attempt: UserAttempt,
  responses: StringMap,
): Promise<{ readonly isBothFactors: boolean }> {
  const { call, context, session } = attempt;
  const text = requireParameter(call, responses, "CREDENTIAL");
  const credential = readCredential(parse(text), ["authenticatorData", "signature"]);
  // The text is ours.
  if (credential === undefined) return call.fail("InvalidParameterException", "CREDENTIAL is not valid.");
  const found = await passkeysOf(attempt);
  const passkey = found?.passkeys.find(({ credential_id }) => credential_id === credential.id);
  if (session?.passkeyChallenge === undefined) return refuseSession(call);
  if (found === undefined || passkey === undefined) return failFactor(attempt);
  const { relyingPartyId } = found;
  if (!isOriginOf(credential.clientData.origin, relyingPartyId)) return failFactor(attempt);
  const checked = await checkAssertion(credential, passkey, {
    challenge: session.passkeyChallenge,
    relyingPartyId,
    requiresVerification: userVerificationOf(context) === "required",
  });
  if (checked === undefined) return failFactor(attempt);
  const { store } = call.environment;
  // A counter that does not go on is a copy's (WebAuthn, 6.1.1).
  if (!(await store.write((tx) => poolUserPasskeys.use(tx, passkey.credential_id, checked.counter)))) {
    return failFactor(attempt);
  }
  await requireStillUnlocked(attempt);
  return { isBothFactors: checked.isVerified && standsForBothFactors(context) };
}
