import { ServiceException } from "../../../contract/service-exception.ts";
import { sha256, timingSafeText } from "../../../crypto/digest.ts";
import { type AuthorizationCodeRow, authorizationCodes } from "../../../store/authorization-codes.ts";
import { poolSessions } from "../../../store/pool-sessions.ts";
import { poolUsers } from "../../../store/pool-users.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { type IssuedTokens, issueTokens } from "../sessions/issue.ts";
import { mayReadScopes } from "../sessions/scopes.ts";
import { defaultRedirectUri } from "./authorization-request.ts";
import { digestOfCode } from "./complete.ts";
import { OAuthError } from "./oauth-error.ts";

export interface CodeGrant {
  readonly context: ClientContext;
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly codeVerifier: string | undefined;
  readonly now: number;
}

/** RFC 7636, 4.1. */
const verifierPattern = /^[A-Za-z0-9._~-]{43,128}$/;

/**
 * Tokens for a code, once (RFC 6749, 4.1.3). Who brings a code that was used is taken for a thief, or for the victim of
 * one: the session that it began ends (4.1.2), provided that he knows what only the app should. Never within a transaction.
 */
export async function redeemCode(
  environment: Environment,
  facts: RequestFacts,
  { context, code, redirectUri, codeVerifier, now }: CodeGrant,
): Promise<IssuedTokens & { readonly RefreshToken: string }> {
  const { store } = environment;
  const digest = digestOfCode(code);
  const [row, user] = await store.read(async (tx) => {
    const found = await authorizationCodes.find(tx, digest);
    return [found, found && (await poolUsers.findById(tx, found.user_id))];
  });
  if (
    row === undefined ||
    row.client_id !== context.client.client_id ||
    !isSameRedirect(context, row, redirectUri) ||
    !provesChallenge(row, codeVerifier)
  ) {
    throw new OAuthError("invalid_grant");
  }
  const refuseReuse = async (): Promise<never> => {
    await store.write((tx) => poolSessions.delete(tx, row.event_id));
    throw new OAuthError("invalid_grant");
  };
  if (row.used) return refuseReuse();
  const { scopes, nonce, resource } = row.request;
  if (
    row.expires_at <= now ||
    user === undefined ||
    user.signed_out_at >= row.authenticated_at ||
    !mayReadScopes(scopes, context.clientConfiguration.ReadAttributes)
  ) {
    throw new OAuthError("invalid_grant");
  }
  try {
    return await issueTokens(environment, facts, {
      context,
      user,
      now,
      authTime: row.authenticated_at,
      eventId: row.event_id,
      triggerSource: "TokenGeneration_HostedAuth",
      scopes,
      nonce,
      audience: resource,
      async alsoWrite(tx) {
        if (!(await authorizationCodes.use(tx, digest))) throw new CodeUsed();
      },
    });
  } catch (error) {
    // Another request was faster.
    if (error instanceof CodeUsed) return refuseReuse();
    throw oauthErrorOf(error);
  }
}

class CodeUsed extends Error {}

/** Refusals of what operations share, as an app hears them: it was the user, or a function of the pool's owner. */
export function oauthErrorOf(error: unknown): unknown {
  if (!(error instanceof ServiceException) || error.code === "TooManyRequestsException") return error;
  return /Lambda/.test(error.code) ? new OAuthError("invalid_request", error.message) : new OAuthError("invalid_grant");
}

function isSameRedirect(
  { clientConfiguration }: ClientContext,
  { request }: AuthorizationCodeRow,
  given: string | undefined,
): boolean {
  return (given ?? defaultRedirectUri(clientConfiguration)) === request.redirectUri;
}

/** A verifier without a challenge is refused, too: somebody took the challenge away (RFC 9700, 2.1.1). */
function provesChallenge({ request }: AuthorizationCodeRow, verifier: string | undefined): boolean {
  if (request.codeChallenge === undefined) return verifier === undefined;
  return (
    verifier !== undefined && verifierPattern.test(verifier) && timingSafeText(sha256(verifier), request.codeChallenge)
  );
}
