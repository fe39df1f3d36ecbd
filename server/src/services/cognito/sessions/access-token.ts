import { VersionedCache } from "../../../access/versioned-cache.ts";
import { refusal } from "../../../contract/service-exception.ts";
import { sha256 } from "../../../crypto/digest.ts";
import { isSignedWith, readClaims } from "../../../crypto/rs256.ts";
import { type PoolSessionRow, poolSessions } from "../../../store/pool-sessions.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Store, Tx } from "../../../store/store.ts";
import type { Call, Environment } from "../../operation.ts";
import { type AppClients, type ClientContext, noSuchAppClient } from "../app-clients/app-client.ts";
import { noSuchPoolUser } from "../users/pool-user.ts";
import { selfServiceScope } from "./claims.ts";
import { userIsDisabled } from "./issue.ts";
import type { TokenKeys } from "./token-keys.ts";

/** What an access token of a user says, as far as anybody asks. */
export interface AccessClaims {
  readonly sub: string;
  readonly client_id: string;
  readonly event_id: string;
  readonly scope: string;
  readonly exp: number;
  readonly iat: number;
  readonly auth_time: number;
  readonly jti: string;
}

/** Who acts by an access token. */
export interface Authorized extends ClientContext {
  readonly user: PoolUserRow;
  readonly claims: AccessClaims;
  readonly session: PoolSessionRow;
}

interface Verified {
  readonly claims: AccessClaims;
  readonly poolId: string;
  readonly scopes: ReadonlySet<string>;
}

/** What else can be said of a token: who issued it is gone, or somebody else signed it. */
type Verification = Verified | { readonly noClient: string } | { readonly isForged: true } | undefined;

interface State {
  readonly user: PoolUserRow;
  readonly session: PoolSessionRow;
}

const passwordResetRequired = "Password reset required for the user";
const mostTokens = 10_000;
const mostStates = 10_000;

/**
 * Access tokens that were verified lately, by their digests, and what is known of their sessions and users for as long as
 * neither is written.
 */
export class AccessTokens {
  readonly #appClients: AppClients;
  readonly #tokenKeys: TokenKeys;
  readonly #verified = new Map<string, Verified>();
  readonly #states: VersionedCache<State>;

  constructor({ store, appClients, tokenKeys }: Pick<Environment, "appClients" | "tokenKeys"> & { store: Store }) {
    this.#appClients = appClients;
    this.#tokenKeys = tokenKeys;
    this.#states = new VersionedCache(store.watch(["pool_sessions", "pool_users"]), mostStates);
  }

  /** Without a promise where all of it is known. Undefined for what is no access token of a pool here. */
  verify(tx: Tx, token: string): Verification | Promise<Verification> {
    const digest = sha256(token);
    return this.#verified.get(digest) ?? this.#verify(tx, token, digest);
  }

  state(tx: Tx, { event_id, sub }: AccessClaims): State | undefined | Promise<State | undefined> {
    return (
      this.#states.get(event_id) ??
      this.#states.load(event_id, async () => {
        const session = await poolSessions.find(tx, event_id);
        const user = session && (await poolUsers.findById(tx, sub));
        return user && { user, session };
      })
    );
  }

  async #verify(tx: Tx, token: string, digest: string): Promise<Verification> {
    const unverified = readClaims(token);
    if (unverified === undefined) return undefined;
    const { claims, keyId } = unverified;
    if (!isAccess(claims)) return undefined;
    const client = await this.#appClients.find(tx, claims.client_id);
    if (client === undefined) return { noClient: claims.client_id };
    const poolId = client.pool.pool_id;
    const key = await this.#tokenKeys.verifier(tx, poolId, "access", keyId);
    if (key === undefined) return undefined;
    if (!isSignedWith(key, token)) return { isForged: true };
    const { sub, client_id, event_id, scope, exp, iat, auth_time, jti } = claims;
    const verified = {
      claims: { sub, client_id, event_id, scope, exp, iat, auth_time, jti },
      poolId,
      scopes: new Set(scope.split(" ")),
    };
    // A token is used from when it is issued until it ends, so the first that came is the first that is not missed.
    if (this.#verified.size >= mostTokens) this.#verified.delete(this.#verified.keys().next().value ?? "");
    this.#verified.set(digest, verified);
    return verified;
  }
}

/** Any host's: the key says whose token it is, and this server goes by several names. */
function isAccess(claims: Readonly<Record<string, unknown>>): claims is AccessClaims & Record<string, unknown> {
  const texts = [claims.sub, claims.client_id, claims.event_id, claims.scope, claims.jti];
  const times = [claims.exp, claims.iat, claims.auth_time];
  return (
    claims.token_use === "access" &&
    texts.every((text) => typeof text === "string") &&
    times.every((time) => typeof time === "number")
  );
}

/**
 * The user that this access token lets act by this scope, with its client and pool. What is refused is refused in AWS's words; somebody
 * deleted is a UserNotFoundException even of the few operations for which AWS lists none. In any transaction; await it.
 */
export function requireAccessToken(
  call: Call<"NotAuthorizedException">,
  tx: Tx,
  accessToken: string,
  scope: string = selfServiceScope,
): Authorized | Promise<Authorized> {
  const { accessTokens } = call.environment;
  const verified = accessTokens.verify(tx, accessToken);
  if (verified instanceof Promise) return verified.then((token) => admit(call, tx, token, scope));
  return admit(call, tx, verified, scope);
}

function admit(
  call: Call<"NotAuthorizedException">,
  tx: Tx,
  verified: Verification,
  scope: string,
): Authorized | Promise<Authorized> {
  if (verified === undefined) return call.fail("NotAuthorizedException", "Invalid Access Token");
  if ("noClient" in verified) return refuseClient(call, verified.noClient);
  // Recorded from AWS, 2026-09.
  if ("isForged" in verified) return call.fail("NotAuthorizedException", "Could not verify signature for Access Token");
  const { claims } = verified;
  if (claims.exp * 1000 <= call.now) call.fail("NotAuthorizedException", "Access Token has expired");
  const { appClients, accessTokens } = call.environment;
  const client = appClients.find(tx, claims.client_id);
  if (client === undefined || client instanceof Promise) return authorizeLater(call, tx, verified, scope, client);
  const state = accessTokens.state(tx, claims);
  if (state === undefined || state instanceof Promise) return authorizeLater(call, tx, verified, scope, client, state);
  return authorize(call, verified, scope, client, state);
}

async function authorizeLater(
  call: Call<"NotAuthorizedException">,
  tx: Tx,
  verified: Verified,
  scope: string,
  client: ReturnType<AppClients["find"]>,
  state?: ReturnType<AccessTokens["state"]>,
): Promise<Authorized> {
  const { claims } = verified;
  const foundClient = await client;
  // A client that was deleted took its tokens with it.
  if (foundClient === undefined) return refuseClient(call, claims.client_id);
  const foundState = await (state ?? call.environment.accessTokens.state(tx, claims));
  if (foundState !== undefined) return authorize(call, verified, scope, foundClient, foundState);
  // Revoked sessions are deleted, and so are those of deleted users.
  const user = await poolUsers.findById(tx, claims.sub);
  if (user === undefined) throw refusal("UserNotFoundException", noSuchPoolUser);
  if (!user.enabled) call.fail("NotAuthorizedException", userIsDisabled);
  return call.fail("NotAuthorizedException", "Access Token has been revoked");
}

/** Recorded from AWS, 2026-09. The name may be anything, of a token that nobody here has signed: what is none is not repeated. */
function refuseClient(call: Call<"NotAuthorizedException">, clientId: string): never {
  if (!/^[\w+]{1,128}$/.test(clientId)) return call.fail("NotAuthorizedException", "Invalid Access Token");
  throw refusal("ResourceNotFoundException", noSuchAppClient(clientId));
}

function authorize(
  call: Call<"NotAuthorizedException">,
  { claims, poolId, scopes }: Verified,
  scope: string,
  client: ClientContext,
  { user, session }: State,
): Authorized {
  if (client.pool.pool_id !== poolId || user.pool_id !== poolId) {
    call.fail("NotAuthorizedException", "Invalid Access Token");
  }
  if (!user.enabled) call.fail("NotAuthorizedException", userIsDisabled);
  if (session.signed_out_at !== user.signed_out_at) {
    call.fail("NotAuthorizedException", "Access Token has been revoked");
  }
  // Listed for all but a few of the operations that take a token; what AWS answers by those is not known.
  if (user.status === "RESET_REQUIRED") throw refusal("PasswordResetRequiredException", passwordResetRequired);
  if (!scopes.has(scope)) call.fail("NotAuthorizedException", "Access Token does not have required scopes");
  return { ...client, user, claims, session };
}
