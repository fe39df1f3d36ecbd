import { timingSafeText } from "../../../crypto/digest.ts";
import { findKey, isSignedBy, readToken } from "../../../crypto/jwt.ts";
import { IssuerError } from "../../issuer-keys.ts";
import type { Environment } from "../../operation.ts";
import { FederationError } from "./federation-error.ts";
import { issuersOf, type OidcProvider } from "./oidc-provider.ts";

/** How far a provider's clock may be ahead: ours, as with SAML. */
const clockSkew = 180_000;

/** Far more than an ID token needs. */
const longestToken = 32_768;

export type JsonClaims = Readonly<Record<string, unknown>>;

/**
 * What an ID token says, once it is certain that the provider said it, to this client, about this sign-in, and lately
 * (OpenID Connect Core, 3.1.3.7). Signed by key pairs alone: what AWS also takes, a MAC under the client's secret, is one
 * that everybody could make who knows the secret, as the provider's other parts and logs may.
 */
export async function verifyIdToken(
  environment: Pick<Environment, "issuerKeys" | "log">,
  provider: OidcProvider,
  idToken: string,
  { nonce, now }: { readonly nonce: string; readonly now: number },
): Promise<JsonClaims> {
  const token = idToken.length > longestToken ? undefined : readToken(idToken);
  if (token === undefined) return refuse("is malformed, or of an algorithm that is not supported");
  const { claims } = token;
  const { iss } = claims;
  // Reported from AWS, 2023 to 2025.
  if (typeof iss !== "string" || !issuersOf(provider)?.includes(iss)) return refuse(`issuer ${String(iss)}`);
  const keySet = await keysOf(environment, provider, now, (known) => findKey(known, token) !== undefined);
  const key = findKey(keySet, token);
  if (key === undefined) return refuse("key is unknown");
  if (!(await isSignedBy(idToken, token, key))) return refuse("signature");
  if (!isForClient(claims, provider.clientId)) return refuse("audience");
  if (typeof claims.exp !== "number" || claims.exp * 1000 <= now) return refuse("is expired");
  for (const since of [claims.nbf, claims.iat]) {
    if (since !== undefined && !(typeof since === "number" && since * 1000 <= now + clockSkew)) {
      return refuse("is not valid yet");
    }
  }
  if (typeof claims.nonce !== "string" || !timingSafeText(claims.nonce, nonce)) return refuse("nonce");
  if (typeof claims.sub !== "string" || claims.sub === "") return refuse("subject");
  return claims;
}

/** The beginning is AWS's; what follows is ours, but for the issuer. */
function refuse(what: string): never {
  throw new FederationError("invalid_request", `Bad id_token ${what.slice(0, 300)}`);
}

/** For us, and where it is for others, too, given to us (OpenID Connect Core, 2, azp). */
function isForClient({ aud, azp }: JsonClaims, clientId: string): boolean {
  const isAudience = aud === clientId || (Array.isArray(aud) && aud.includes(clientId));
  return isAudience && (azp === undefined || azp === clientId);
}

async function keysOf(
  { issuerKeys, log }: Pick<Environment, "issuerKeys" | "log">,
  { details, idToken, name }: OidcProvider,
  now: number,
  isEnough: (keySet: unknown) => boolean,
): Promise<unknown> {
  const uri = details.jwks_uri ?? idToken?.jwksUri;
  if (uri === undefined) return undefined;
  try {
    return await issuerKeys.findAt(uri, now, isEnough);
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error;
    log.warn("no keys of an identity provider", { providerName: name, uri, reason: error.message });
    // The text is ours.
    throw new FederationError("server_error", `${name} Error - the key set cannot be read`);
  }
}
