/*
 * services/cognito/webauthn/: passkeys. relying-party.ts says for which site they are, passkey.ts checks what authenticators
 * answer, by @simplewebauthn/server, which is loaded with the first of them. sign-in/choice.ts signs in by them.
 */
import { poolDomains } from "../../../store/pool-domains.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";

export function allowsPasskeys({ configuration }: Pick<PoolContext, "configuration">): boolean {
  return configuration.Policies.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN") === true;
}

export function requirePasskeys(call: Call<"WebAuthnNotEnabledException">, context: PoolContext): void {
  // The text is ours.
  if (!allowsPasskeys(context)) {
    call.fail("WebAuthnNotEnabledException", "Passkeys are not enabled for the user pool.");
  }
}

/** The site that passkeys of the pool belong to: the one that was set, or else the pool's own domain. */
export async function relyingPartyOf(tx: Tx, { pool, configuration }: PoolContext): Promise<string | undefined> {
  const { RelyingPartyId } = configuration.WebAuthnConfiguration ?? {};
  if (RelyingPartyId !== undefined) return RelyingPartyId;
  const domains = await poolDomains.listOfPool(tx, pool.pool_id);
  const domain = domains.find(({ is_custom }) => is_custom === 1) ?? domains[0];
  if (domain === undefined) return undefined;
  return domain.is_custom === 1 ? domain.domain : `${domain.domain}.auth.${pool.region}.amazoncognito.com`;
}

/** `required` where passkeys stand for two factors, whatever was set. */
export function userVerificationOf({ configuration }: PoolContext): "required" | "preferred" {
  const { UserVerification, FactorConfiguration } = configuration.WebAuthnConfiguration ?? {};
  const isBoth = FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
  return isBoth || UserVerification === "required" ? "required" : "preferred";
}

/** Whether a passkey of a verified user is all that a sign-in takes. */
export function standsForBothFactors({ configuration }: PoolContext): boolean {
  return configuration.WebAuthnConfiguration?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION";
}

const androidApp = /^android:apk-key-hash:[A-Za-z0-9_-]{1,128}$/;

/**
 * Browsers use a passkey on its own site and below (WebAuthn, 5.1.3), over TLS or on the machine itself, which is what all
 * names below `localhost` are (RFC 6761, 6.3). Apps of Android
 * name their certificate instead; that they belong to the site is between them and it.
 */
export function isOriginOf(origin: string, relyingPartyId: string): boolean {
  if (androidApp.test(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, origin: canonical } = new URL(origin);
  if (canonical !== origin) return false;
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  const isSecure = protocol === "https:" || (protocol === "http:" && isLocal);
  return isSecure && (hostname === relyingPartyId || hostname.endsWith(`.${relyingPartyId}`));
}
