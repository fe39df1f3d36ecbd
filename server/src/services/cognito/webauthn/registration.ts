import { SealError } from "../../../crypto/seal.ts";
import { type PoolUserPasskeyRow, poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call, Environment } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { algorithms } from "./passkey.ts";
import { relyingPartyOf, userVerificationOf } from "./relying-party.ts";

/** Cognito Developer Guide, "Quotas": passkeys per user. */
export const mostPasskeys = 20;

export function refuseMorePasskeys(call: Call<"LimitExceededException">): never {
  // The text is ours.
  return call.fail("LimitExceededException", `A user can have ${mostPasskeys} passkeys at most.`);
}

/** The challenge of a registration, which the authenticator signs and brings back: sealed, so that nothing need be kept. */
export interface RegistrationChallenge {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

const sealContext = "webauthn-registration";
/** What the user is shown lasts a minute; clients may take longer to start. */
const timeoutMs = 60_000;
const lifetimeMs = 180_000;

export function openChallenge({ seal }: Pick<Environment, "seal">, text: string): RegistrationChallenge | undefined {
  try {
    const plain = seal.open(Buffer.from(text, "base64url"), sealContext);
    return JSON.parse(Buffer.from(plain).toString()) as RegistrationChallenge; // `creationOptions` wrote it
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** In the members and the order of AWS's example (API reference, StartWebAuthnRegistration). */
export async function creationOptions(
  call: Call<"WebAuthnConfigurationMissingException">,
  tx: Tx,
  context: ClientContext,
  user: PoolUserRow,
) {
  const { seal, random } = call.environment;
  const id = await requireRelyingParty(call, tx, context);
  const challenge: RegistrationChallenge = {
    id: random.uuid(),
    userId: user.user_id,
    clientId: context.client.client_id,
    expiresAt: call.now + lifetimeMs,
  };
  const sealed = seal.seal(JSON.stringify(challenge), sealContext, random.bytes(12));
  const known = await poolUserPasskeys.list(tx, user.user_id, "", mostPasskeys);
  return {
    authenticatorSelection: {
      requireResidentKey: true,
      residentKey: "required",
      userVerification: userVerificationOf(context),
    },
    challenge: Buffer.from(sealed).toString("base64url"),
    excludeCredentials: known.map(({ credential_id }) => ({ id: credential_id, type: "public-key" })),
    pubKeyCredParams: algorithms.map((alg) => ({ alg, type: "public-key" })),
    rp: { id, name: id },
    timeout: timeoutMs,
    user: {
      displayName: user.username,
      id: Buffer.from(user.user_id).toString("base64url"),
      name: user.username,
    },
  };
}

export async function requireRelyingParty(
  call: Call<"WebAuthnConfigurationMissingException">,
  tx: Tx,
  context: ClientContext,
): Promise<string> {
  const found = await relyingPartyOf(tx, context);
  // The text is ours.
  return (
    found ??
    call.fail("WebAuthnConfigurationMissingException", "The user pool has neither a relying party ID nor a domain.")
  );
}

/** What a sign-in by passkey asks the browser for. */
export function requestOptions(
  context: ClientContext,
  relyingPartyId: string,
  passkeys: readonly PoolUserPasskeyRow[],
  challenge: string,
): string {
  return JSON.stringify({
    challenge,
    timeout: lifetimeMs,
    rpId: relyingPartyId,
    allowCredentials: passkeys.map(({ credential_id, transports }) => ({
      id: credential_id,
      type: "public-key",
      transports,
    })),
    userVerification: userVerificationOf(context),
  });
}
