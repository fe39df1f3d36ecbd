import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import { type PoolSessionRow, poolSessions } from "../../../store/pool-sessions.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import type { StringMap } from "../triggers/events.ts";
import { placeOf, prepareTokens, sessionSettings, userIsDisabled } from "./issue.ts";
import { openRefreshToken, type RefreshToken, sealRefreshToken } from "./refresh-token.ts";

type RefreshError = "NotAuthorizedException";

export interface RefreshRequest {
  readonly refreshToken: string;
  readonly deviceKey?: string | undefined;
  readonly clientMetadata?: StringMap | undefined;
}

/** This and the texts below are recorded from AWS, 2026-09. */
const invalid = "Invalid Refresh Token";
const revoked = "Refresh Token has been revoked";

/** Whose refresh token this is, whatever it is worth: SECRET_HASH is made of their name. */
export async function findRefreshedUser(
  call: Call,
  tx: Tx,
  { pool }: ClientContext,
  refreshToken: string,
): Promise<PoolUserRow | undefined> {
  const token = openRefreshToken(call.environment, refreshToken);
  const user = token && (await poolUsers.findById(tx, token.userId));
  return user?.pool_id === pool.pool_id ? user : undefined;
}

/**
 * New ID and access tokens, of REFRESH_TOKEN_AUTH: the refresh token stays as it is. Clients whose refresh tokens rotate
 * have to ask for it by GetTokensFromRefreshToken (developer guide, "Refresh token rotation"). Never within a transaction.
 */
export async function refreshTokens(
  call: Call<RefreshError | "UnsupportedOperationException">,
  context: ClientContext,
  request: RefreshRequest,
): Promise<AuthenticationResultType> {
  if (isRotating(context)) {
    call.fail("UnsupportedOperationException", "This API does not support refresh token rotation");
  }
  return refresh(call, context, request, () => call.fail("NotAuthorizedException", invalid));
}

/** The same, and a new refresh token where the client's rotate. Never within a transaction. */
export function refreshOrRotateTokens(
  call: Call<RefreshError | "RefreshTokenReuseException">,
  context: ClientContext,
  request: RefreshRequest,
): Promise<AuthenticationResultType> {
  return refresh(call, context, request, () => {
    // Where tokens do not rotate any more, those before the last are as good as revoked.
    if (!isRotating(context)) call.fail("NotAuthorizedException", revoked);
    return call.fail("RefreshTokenReuseException", "Refresh token reuse detected");
  });
}

function isRotating({ clientConfiguration }: ClientContext): boolean {
  return clientConfiguration.RefreshTokenRotation?.Feature === "ENABLED";
}

async function refresh(
  call: Call<RefreshError>,
  context: ClientContext,
  request: RefreshRequest,
  refuseReuse: () => never,
): Promise<AuthenticationResultType> {
  const { environment, facts, now } = call;
  const token = openRefreshToken(environment, request.refreshToken);
  if (token === undefined) return call.fail("NotAuthorizedException", invalid);
  const check = (tx: Tx) => requireSession(call, tx, context, token, request.deviceKey, refuseReuse);
  const { user, session, isTracked } = await environment.store.read(async (tx) => ({
    ...(await check(tx)),
    ...(await sessionSettings(environment, tx, context.pool.pool_id)),
  }));
  const sign = await prepareTokens(environment, facts, {
    context,
    user,
    session,
    now,
    triggerSource: "TokenGeneration_RefreshTokens",
    clientMetadata: request.clientMetadata,
  });
  if (!isRotating(context)) {
    if (!isTracked) return sign();
    const [tokens] = await Promise.all([
      sign(),
      environment.store.write((tx) => poolSessions.update(tx, { ...session, last_active_at: now, ...placeOf(facts) })),
    ]);
    return tokens;
  }
  const [tokens, rotation] = await Promise.all([
    sign(),
    environment.store.write(async (tx) => {
      // Another request may have rotated the same token meanwhile.
      const { session: current } = await check(tx);
      const isCurrent = token.rotation === current.rotation;
      const rotation = token.rotation + 1;
      await poolSessions.update(tx, {
        ...current,
        rotation,
        // A retry gets what was lost on the way, and no more time for the next.
        rotated_at: isCurrent ? now : current.rotated_at,
        last_active_at: now,
        ...placeOf(facts),
      });
      return rotation;
    }),
  ]);
  return { ...tokens, RefreshToken: sealRefreshToken(environment, { ...token, rotation }) };
}

async function requireSession(
  call: Call<RefreshError>,
  tx: Tx,
  context: ClientContext,
  token: RefreshToken,
  deviceKey: string | undefined,
  refuseReuse: () => never,
): Promise<{ readonly user: PoolUserRow; readonly session: PoolSessionRow }> {
  const session = await poolSessions.find(tx, token.eventId);
  const user = await poolUsers.findById(tx, token.userId);
  if (user !== undefined && user.pool_id !== context.pool.pool_id) call.fail("NotAuthorizedException", invalid);
  if (session !== undefined && session.client_id !== context.client.client_id) {
    call.fail("NotAuthorizedException", "Refresh Token has different Client");
  }
  if (user === undefined) {
    return call.fail("NotAuthorizedException", "The user has been deleted for the associated refresh token");
  }
  if (!user.enabled) call.fail("NotAuthorizedException", userIsDisabled);
  // Revoked sessions are deleted.
  if (session === undefined || session.signed_out_at !== user.signed_out_at) {
    // Of clients whose tokens rotate AWS says no more.
    return call.fail("NotAuthorizedException", isRotating(context) ? "" : revoked);
  }
  if (session.expires_at <= call.now) call.fail("NotAuthorizedException", "Refresh Token has expired");
  // A session of a device that is remembered goes on with that device alone.
  if (session.device_key !== null && session.device_key !== deviceKey) call.fail("NotAuthorizedException", invalid);
  if (!isUsable(context, session, token.rotation, call.now)) refuseReuse();
  return { user, session };
}

/** The newest of the session, or the one before for as long as retries are allowed. */
function isUsable(
  { clientConfiguration }: ClientContext,
  { rotation, rotated_at }: PoolSessionRow,
  presented: number,
  now: number,
): boolean {
  if (presented === rotation) return true;
  const grace = (clientConfiguration.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0) * 1000;
  return presented === rotation - 1 && rotated_at !== null && now < rotated_at + grace;
}
