/*
 * services/cognito/sessions/: tokens and the sessions that they belong to. A sign-in writes one row, the session, and
 * signs two tokens; a refresh signs two more for the same row. issue.ts makes them, refresh.ts makes more of them,
 * access-token.ts believes them, sign-out.ts ends them. token-keys.ts has the keys, claims.ts what tokens say.
 */
import { refusal } from "../../../contract/service-exception.ts";
import { sha256 } from "../../../crypto/digest.ts";
import { signClaims } from "../../../crypto/rs256.ts";
import { type PoolSessionRow, poolSessions } from "../../../store/pool-sessions.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { tokenLifetimes } from "../app-clients/client-settings.ts";
import { groupsByPrecedence } from "../groups/group.ts";
import { keptPoolSessions } from "../session-configuration/session-configuration.ts";
import type { StringMap, TriggerEvents } from "../triggers/events.ts";
import { noSuchPoolUser } from "../users/pool-user.ts";
import {
  accessClaims,
  type Claims,
  changeAccessClaims,
  changeIdClaims,
  changeScopes,
  groupConfiguration,
  idClaims,
  selfServiceScope,
} from "./claims.ts";
import { issuerOf } from "./issuer.ts";
import { sealRefreshToken } from "./refresh-token.ts";
import { openId } from "./scopes.ts";

export const userIsDisabled = "User is disabled.";

type TriggerSource = Exclude<
  TriggerEvents["PreTokenGeneration"]["source"],
  "TokenGeneration_ClientCredentials" | "TokenGeneration_RefreshTokens"
>;

/** A sign-in that has succeeded. */
export interface SignIn {
  readonly context: ClientContext;
  /** As last read. */
  readonly user: PoolUserRow;
  /** The time of the request, in milliseconds. */
  readonly now: number;
  /** When the user authenticated, in milliseconds: now, unless that was an earlier one. */
  readonly authTime?: number | undefined;
  readonly triggerSource: TriggerSource;
  readonly clientMetadata?: StringMap | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** Whom the access tokens are for (RFC 8707). */
  readonly audience?: string | undefined;
  readonly deviceKey?: string | undefined;
  /** Of the authentication event, a UUID; the session goes by it, so it must be new. */
  readonly eventId?: string | undefined;
  /** Of an OpenID Connect request. */
  readonly nonce?: string | undefined;
  /** What the sign-in writes besides: in the same commit as the session. */
  readonly alsoWrite?: ((tx: Tx) => Promise<void>) | undefined;
}

/** As AuthenticationResultType has them. */
export interface IssuedTokens {
  readonly AccessToken: string;
  readonly ExpiresIn: number;
  readonly TokenType: "Bearer";
  /** Undefined for an app that did not ask for `openid`. */
  readonly IdToken: string | undefined;
}

/** What the user signed in for, with a session that refreshes it. Never within a transaction. */
export async function issueTokens(
  environment: Environment,
  facts: RequestFacts,
  signIn: SignIn,
): Promise<IssuedTokens & { RefreshToken: string }> {
  const { tokens, session } = await startSession(environment, facts, signIn);
  const { event_id: eventId, user_id: userId, rotation } = session;
  return { ...tokens, RefreshToken: sealRefreshToken(environment, { eventId, userId, rotation }) };
}

/** The same for who is not to refresh them. The session ends what they are good for. */
export async function issueWithoutRefresh(
  environment: Environment,
  facts: RequestFacts,
  signIn: SignIn,
): Promise<IssuedTokens> {
  return (await startSession(environment, facts, signIn)).tokens;
}

async function startSession(
  environment: Environment,
  facts: RequestFacts,
  signIn: SignIn,
): Promise<{ readonly tokens: IssuedTokens; readonly session: PoolSessionRow }> {
  const { context, now } = signIn;
  const { random } = environment;
  const session: PoolSessionRow = {
    event_id: signIn.eventId ?? random.uuid(),
    user_id: signIn.user.user_id,
    pool_id: context.pool.pool_id,
    client_id: context.client.client_id,
    origin_jti: random.uuid(),
    signed_out_at: signIn.user.signed_out_at,
    authenticated_at: signIn.authTime ?? now,
    created_at: now,
    expires_at: now + tokenLifetimes(context.clientConfiguration).refresh * 1000,
    rotation: 0,
    rotated_at: null,
    scopes: (signIn.scopes ?? [selfServiceScope]).join(" "),
    device_key: signIn.deviceKey ?? null,
    last_active_at: now,
    ...placeOf(facts),
    is_hosted: signIn.triggerSource === "TokenGeneration_HostedAuth" ? 1 : 0,
    audience: signIn.audience ?? null,
  };
  const grant = await prepareTokens(environment, facts, { ...signIn, session });
  // The tokens are signed while the session is written.
  const [tokens] = await Promise.all([
    grant(),
    environment.store.write(async (tx) => {
      await signIn.alsoWrite?.(tx);
      await insertSession(environment, tx, session, signIn);
    }),
  ]);
  return { tokens, session };
}

/** Where a session was last used from. */
export function placeOf({
  sourceIp,
  userAgent,
}: Pick<RequestFacts, "sourceIp" | "userAgent">): Pick<PoolSessionRow, "last_ip" | "last_agent"> {
  return { last_ip: sourceIp.slice(0, 128), last_agent: userAgent?.slice(0, 1024) ?? null };
}

async function insertSession(
  environment: Environment,
  tx: Tx,
  session: PoolSessionRow,
  { now, authTime }: SignIn,
): Promise<void> {
  const { user_id, pool_id } = session;
  // The user may have been disabled or deleted since the sign-in began, and may have signed out everywhere.
  const user = await poolUsers.findState(tx, user_id);
  if (user === undefined) throw refusal("UserNotFoundException", noSuchPoolUser);
  if (!user.enabled) throw refusal("NotAuthorizedException", userIsDisabled);
  // What an earlier sign-in led to, such as a code, ends with it, also while functions were asked. The text is that of its tokens.
  if (authTime !== undefined && user.signed_out_at >= authTime) {
    throw refusal("NotAuthorizedException", "Access Token has been revoked");
  }
  const { isTracked, mostPerUser } = await sessionSettings(environment, tx, pool_id);
  if (isTracked) await poolSessions.deleteLeastRecent(tx, user_id, user.signed_out_at, now, mostPerUser - 1);
  await poolSessions.insert(tx, { ...session, signed_out_at: user.signed_out_at });
}

interface SessionSettings {
  readonly isTracked: boolean;
  /** Counts where sessions are tracked. */
  readonly mostPerUser: number;
}

/** SetUserPoolSessionConfiguration writes them; without, nothing is tracked. */
export async function sessionSettings(
  { store }: Pick<Environment, "store">,
  tx: Tx,
  poolId: string,
): Promise<SessionSettings> {
  const { UserSessionTracking, TokenSession } = await keptPoolSessions(store, tx, poolId);
  return { isTracked: UserSessionTracking === "ENABLED", mostPerUser: TokenSession?.MaxPerUser ?? 20 };
}

export interface Grant {
  readonly context: ClientContext;
  readonly user: PoolUserRow;
  readonly session: PoolSessionRow;
  readonly now: number;
  readonly triggerSource: TriggerSource | "TokenGeneration_RefreshTokens";
  readonly clientMetadata?: StringMap | undefined;
  readonly nonce?: string | undefined;
}

/** Asks whoever has a word in what the tokens say; what it answers signs them. */
export async function prepareTokens(
  environment: Environment,
  facts: RequestFacts,
  grant: Grant,
): Promise<() => Promise<IssuedTokens>> {
  const { context, user, session, now } = grant;
  const { store, tokenKeys, random } = environment;
  const { pool } = context;
  const given = groupConfiguration(await store.read((tx) => groupsByPrecedence(tx, user)));
  const scopes = session.scopes.split(" ");
  const changes = environment.triggers.has(pool, "PreTokenGeneration")
    ? await environment.triggers.invoke(pool, "PreTokenGeneration", {
        triggerSource: grant.triggerSource,
        userName: user.username,
        clientId: context.client.client_id,
        userAgent: facts.userAgent,
        request: {
          userAttributes: { sub: user.user_id, "cognito:user_status": user.status, ...user.attributes },
          groupConfiguration: given,
          scopes,
          clientMetadata: grant.clientMetadata,
        },
      })
    : undefined;
  const signers = await tokenKeys.signers(pool.pool_id, now);
  const { access, id } = tokenLifetimes(context.clientConfiguration);
  const occasion = {
    context,
    user,
    session,
    groups: changes?.groupOverrideDetails ?? given,
    scopes: changes === undefined ? scopes : changeScopes(scopes, changes),
    issuer: issuerOf(environment, facts, pool.pool_id),
    issuedAt: Math.floor(now / 1000),
    lifetimes: { access, id },
    jtis: { access: random.uuid(), id: random.uuid() },
    nonce: grant.nonce,
  };
  const ofAccess = accessClaims(occasion);
  const ofId = idClaims(occasion);
  const signAccess = () =>
    signClaims(
      signers.access.privateKey,
      signers.access.header,
      changes === undefined ? ofAccess : changeAccessClaims(ofAccess, changes),
      environment.workers.sign,
    );
  const signId = (claims: Claims) =>
    signClaims(
      signers.id.privateKey,
      signers.id.header,
      changes === undefined ? claims : changeIdClaims(claims, changes),
      environment.workers.sign,
    );
  const shared = { ExpiresIn: access, TokenType: "Bearer" } as const;
  return async () => {
    if (session.is_hosted === 0) {
      const [AccessToken, IdToken] = await Promise.all([signAccess(), signId(ofId)]);
      return { AccessToken, ...shared, IdToken };
    }
    const AccessToken = await signAccess();
    const isAsked = scopes.includes(openId);
    const IdToken = isAsked ? await signId({ at_hash: hashOfToken(AccessToken), ...ofId }) : undefined;
    return { AccessToken, ...shared, IdToken };
  };
}

/** The claim `at_hash`: the first half of the digest (OpenID Connect Core, 3.1.3.6). */
function hashOfToken(token: string): string {
  return Buffer.from(sha256(token), "base64url").subarray(0, 16).toString("base64url");
}
