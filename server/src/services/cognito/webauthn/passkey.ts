import { sha256 } from "../../../crypto/digest.ts";
import type { PoolUserPasskeyRow } from "../../../store/pool-user-passkeys.ts";

/** ES256 and RS256, as AWS offers them. */
export const algorithms = [-7, -257] as const;

/** What a browser says that it signed (WebAuthn, 5.8.1). */
interface ClientData {
  readonly challenge: string;
  readonly origin: string;
}

/** A credential as `PublicKeyCredential.toJSON` gives it, as far as it was looked at. */
export interface Credential {
  readonly id: string;
  readonly clientData: ClientData;
  readonly attachment: string | null;
  readonly transports: readonly string[];
  readonly response: Readonly<Record<string, string>>;
}

type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const base64url = /^[A-Za-z0-9_-]+$/;
/** Far beyond what authenticators give. */
const longestMember = 16_384;
const longestId = 1_024;

function isEncoded(value: unknown, longest: number): value is string {
  return typeof value === "string" && value.length <= longest && base64url.test(value);
}

/** Undefined for what is no credential with these members in its response. */
export function readCredential(value: unknown, members: readonly string[]): Credential | undefined {
  if (!isJson(value) || value.type !== "public-key" || !isJson(value.response)) return undefined;
  const { id, rawId, response, authenticatorAttachment } = value;
  if (!isEncoded(id, longestId) || rawId !== id) return undefined;
  const read: Record<string, string> = {};
  for (const name of ["clientDataJSON", ...members]) {
    const member = response[name];
    if (!isEncoded(member, longestMember)) return undefined;
    read[name] = member;
  }
  const clientData = parse(Buffer.from(read.clientDataJSON ?? "", "base64url").toString());
  if (!isJson(clientData)) return undefined;
  const { challenge, origin } = clientData;
  if (typeof challenge !== "string" || typeof origin !== "string") return undefined;
  const transports = Array.isArray(response.transports) ? response.transports : [];
  return {
    id,
    clientData: { challenge, origin },
    attachment: typeof authenticatorAttachment === "string" ? authenticatorAttachment.slice(0, 64) : null,
    transports: transports.filter((name) => typeof name === "string" && /^[a-z-]{1,32}$/.test(name)).slice(0, 8),
    response: read,
  };
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface NewPasskey {
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly aaguid: string;
}

export type Fault = "malformed" | "relying party" | "unsupported";

/**
 * What an authenticator made, or why it is not taken. Its attestation is left unread, as `none` was asked for: checking
 * one would fetch the revocation lists that its certificates name, from wherever a stranger says.
 */
export async function checkRegistration(
  credential: Credential,
  expected: { readonly relyingPartyId: string; readonly requiresVerification: boolean },
): Promise<NewPasskey | Fault> {
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const { cose, decodeAttestationObject, decodeCredentialPublicKey, isoBase64URL, isoCBOR, parseAuthenticatorData } =
    await import("@simplewebauthn/server/helpers");
  const { relyingPartyId, requiresVerification } = expected;
  const { clientDataJSON = "", attestationObject = "" } = credential.response;
  try {
    const authData = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject)).get("authData");
    const { rpIdHash, flags, credentialPublicKey } = parseAuthenticatorData(authData);
    if (Buffer.from(rpIdHash).toString("base64url") !== sha256(relyingPartyId)) return "relying party";
    if (credentialPublicKey === undefined) return "malformed";
    const algorithm = decodeCredentialPublicKey(credentialPublicKey).get(cose.COSEKEYS.alg);
    const isOffered = algorithms.some((offered) => offered === algorithm);
    if (!isOffered || (requiresVerification && !flags.uv)) return "unsupported";
    const bare = isoCBOR.encode(
      new Map<string, Uint8Array | string | Map<string, never>>([
        ["fmt", "none"],
        ["attStmt", new Map<string, never>()],
        ["authData", authData],
      ]),
    );
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        id: credential.id,
        rawId: credential.id,
        type: "public-key",
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject: isoBase64URL.fromBuffer(bare) },
      },
      expectedChallenge: credential.clientData.challenge,
      expectedOrigin: credential.clientData.origin,
      expectedRPID: relyingPartyId,
      requireUserVerification: requiresVerification,
      supportedAlgorithmIDs: [...algorithms],
    });
    if (registrationInfo === undefined || registrationInfo.credential.id !== credential.id) return "malformed";
    const { publicKey, counter } = registrationInfo.credential;
    return { publicKey, counter, aaguid: registrationInfo.aaguid };
  } catch {
    // The library throws for whatever is wrong with it.
    return "malformed";
  }
}

/** Whether the credential was signed with the passkey, and what it says of the user; undefined where it was not. */
export async function checkAssertion(
  credential: Credential,
  passkey: PoolUserPasskeyRow,
  expected: { readonly challenge: string; readonly relyingPartyId: string; readonly requiresVerification: boolean },
): Promise<{ readonly counter: number; readonly isVerified: boolean } | undefined> {
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const { clientDataJSON = "", authenticatorData = "", signature = "" } = credential.response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: credential.id,
        rawId: credential.id,
        type: "public-key",
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData, signature },
      },
      expectedChallenge: expected.challenge,
      expectedOrigin: credential.clientData.origin,
      expectedRPID: expected.relyingPartyId,
      // The counter is compared where it is written, in one statement.
      credential: { id: passkey.credential_id, publicKey: new Uint8Array(passkey.public_key), counter: 0 },
      requireUserVerification: expected.requiresVerification,
    });
    if (!verified) return undefined;
    return { counter: authenticationInfo.newCounter, isVerified: authenticationInfo.userVerified };
  } catch {
    return undefined;
  }
}

/** The makers that most passkeys come from, by what their authenticators call themselves. */
const makers: Readonly<Record<string, string>> = {
  "fbfc3007-154e-4ecc-8c0b-6e020557d7bd": "iCloud Keychain",
  "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4": "Google Password Manager",
  "08987058-cadc-4b81-b6e1-30de50dcbe96": "Windows Hello",
  "bada5566-a7aa-401f-bd96-45619a55120d": "1Password",
  "d548826e-79b4-db40-a3d8-11116f7e8349": "Bitwarden",
};

/** AWS makes a name, too; what it is made of is not known. */
export function friendlyName(aaguid: string): string {
  return makers[aaguid] ?? "Passkey";
}
