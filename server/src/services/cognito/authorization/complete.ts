import { refusal } from "../../../contract/service-exception.ts";
import { sha256 } from "../../../crypto/digest.ts";
import { authorizationCodes } from "../../../store/authorization-codes.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { issueWithoutRefresh, userIsDisabled } from "../sessions/issue.ts";
import { noSuchPoolUser } from "../users/pool-user.ts";
import { type AuthorizationRequest, answerRedirect } from "./authorization-request.ts";

export interface CompletedSignIn {
  readonly address: PoolAddress;
  readonly context: ClientContext;
  readonly request: AuthorizationRequest;
  readonly user: PoolUserRow;
  /** When the user signed in, in milliseconds: before `now` where the browser was signed in already. */
  readonly authTime: number;
  readonly now: number;
  /** What the sign-in writes besides, in the same commit: the user, too, where it is new. */
  readonly alsoWrite?: ((tx: Tx) => Promise<void>) | undefined;
}

/** "The authorization code is valid for five minutes" (developer guide, "Authorize endpoint"). */
const codeLifetime = 300_000;
/** How long a code is known after that: who uses it again is taken for a thief. The time is ours. */
const codeMemory = 3_600_000;

export function digestOfCode(code: string): string {
  return sha256(code);
}

/**
 * The end of every sign-in on the domain: where the browser goes with what the app asked for, a code or tokens. Writes once
 * and never within a transaction. Refuses as a ServiceException whom it finds disabled or gone meanwhile.
 */
export async function completeAuthorization(
  environment: Environment,
  facts: RequestFacts,
  signIn: CompletedSignIn,
): Promise<{ readonly location: string }> {
  const { request } = signIn;
  const answer =
    request.responseType === "token"
      ? await implicitTokens(environment, facts, signIn)
      : { code: await insertCode(environment, signIn) };
  return { location: answerRedirect(request, answer) };
}

async function insertCode(
  { store, random }: Environment,
  { context, request, user, authTime, now, alsoWrite }: CompletedSignIn,
): Promise<string> {
  const code = random.uuid();
  const event_id = random.uuid();
  const { redirectUri, scopes, nonce, codeChallenge, resource } = request;
  await store.write(async (tx) => {
    await alsoWrite?.(tx);
    const current = await poolUsers.findById(tx, user.user_id);
    if (current === undefined) throw refusal("UserNotFoundException", noSuchPoolUser);
    if (!current.enabled) throw refusal("NotAuthorizedException", userIsDisabled);
    await authorizationCodes.deleteExpired(tx, now - codeMemory);
    await authorizationCodes.insert(tx, {
      code_digest: digestOfCode(code),
      pool_id: context.pool.pool_id,
      client_id: context.client.client_id,
      user_id: user.user_id,
      event_id,
      authenticated_at: authTime,
      expires_at: now + codeLifetime,
      used: false,
      request: { redirectUri, scopes, nonce, codeChallenge, resource },
    });
  });
  return code;
}

/** Members in AWS's order. An app that gets its tokens so gets no refresh token (RFC 6749, 4.2.2). */
async function implicitTokens(
  environment: Environment,
  facts: RequestFacts,
  { context, request, user, authTime, now, alsoWrite }: CompletedSignIn,
): Promise<Record<string, string | undefined>> {
  const { scopes, nonce, resource } = request;
  const { IdToken, AccessToken, ExpiresIn, TokenType } = await issueWithoutRefresh(environment, facts, {
    context,
    user,
    authTime,
    now,
    scopes,
    nonce,
    alsoWrite,
    audience: resource,
    triggerSource: "TokenGeneration_HostedAuth",
  });
  return { id_token: IdToken, access_token: AccessToken, expires_in: String(ExpiresIn), token_type: TokenType };
}
