import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Environment } from "../../operation.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { openState, sealState } from "../federation/sealed-state.ts";
import { keptSsoSession } from "../session-configuration/session-configuration.ts";
import { cookieOf } from "./cookie.ts";

/** AWS's name for it. */
export const sessionCookieName = "cognito";

/** What a browser carries after a sign-in on the pool's domain, for the next app to do without one. */
export interface BrowserSession {
  readonly userId: string;
  readonly poolId: string;
  /** When the user signed in, in milliseconds. */
  readonly authTime: number;
  /** Of whom signed in elsewhere: the identity provider's name, and who the user is to it. */
  readonly provider?: string | undefined;
  readonly nameId?: string | undefined;
  readonly nameIdFormat?: string | undefined;
  readonly nameQualifier?: string | undefined;
  readonly spNameQualifier?: string | undefined;
  readonly sessionIndex?: string | undefined;
  /** The app that the user signed in to. */
  readonly clientId: string;
}

/** An hour from the sign-in, whatever happens in it (developer guide, "Managed login", session cookies). */
const lifetime = 3_600_000;

/**
 * A Set-Cookie value. It lasts an hour, or as long as the app client may use it without a sign-in
 * (SetUserPoolClientSessionConfiguration), where that is longer. Never within a transaction.
 */
export async function browserSessionCookie(
  environment: Pick<Environment, "seal" | "random" | "store">,
  address: Pick<PoolAddress, "base" | "basePath">,
  session: BrowserSession,
  now: number,
): Promise<string> {
  const expiresAt = session.authTime + Math.max(lifetime, await mostUnaskedMs(environment, session));
  const sealed = sealState(environment, "browser-session", session.poolId, session, expiresAt);
  return cookieOf(address, sessionCookieName, sealed, Math.max(0, Math.floor((expiresAt - now) / 1000)));
}

/** For how long after a sign-in this app client lets its users in without another one: an hour, unless it says otherwise. */
export async function mostUnaskedMs(
  { store }: Pick<Environment, "store">,
  { poolId, clientId }: Pick<BrowserSession, "poolId" | "clientId">,
): Promise<number> {
  const { MaxValidityMinutes = 60 } = await keptSsoSession(store, poolId, clientId);
  return MaxValidityMinutes * 60_000;
}

/**
 * Who is signed in with this browser. A session is over once its user has signed out everywhere since, is disabled, or is
 * gone.
 */
export async function findBrowserSession(
  environment: Pick<Environment, "seal" | "store">,
  address: Pick<PoolAddress, "context">,
  cookieValue: string | undefined,
  now: number,
): Promise<{ readonly session: BrowserSession; readonly user: PoolUserRow } | undefined> {
  if (cookieValue === undefined) return undefined;
  const { pool_id } = address.context.pool;
  const session = openState<BrowserSession>(environment, "browser-session", pool_id, cookieValue, now);
  if (!session) return undefined;
  const user = await environment.store.read((tx) => poolUsers.findById(tx, session.userId));
  if (user?.pool_id !== pool_id || !user.enabled) return undefined;
  // Who signed out in the very millisecond of the sign-in may have done so after it.
  return user.signed_out_at >= session.authTime ? undefined : { session, user };
}

/** A Set-Cookie value that takes the cookie away. */
export function clearedBrowserSession(address: Pick<PoolAddress, "base" | "basePath">): string {
  return cookieOf(address, sessionCookieName, "", 0);
}
