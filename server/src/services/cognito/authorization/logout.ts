import type { Environment } from "../../operation.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { AuthorizationError } from "./authorization-error.ts";
import { authorizationQuery, readAuthorizationRequest } from "./authorization-request.ts";
import { findBrowserSession } from "./browser-session.ts";

interface Asked {
  readonly address: PoolAddress;
  readonly query: URLSearchParams;
  readonly sessionCookie: string | undefined;
  readonly now: number;
}

/**
 * Where the browser goes to sign out: by way of the SAML provider that its user signed in at, where that ends sessions,
 * too; else straight to where the app wants it. Throws AuthorizationError.
 */
export async function logOut(environment: Environment, { address, query, sessionCookie, now }: Asked): Promise<string> {
  const returnTo = await logoutTarget(environment, address, query);
  const found = await findBrowserSession(environment, address, sessionCookie, now);
  const { provider, nameId, ...rest } = found?.session ?? {};
  // Whoever has no name there came by another protocol, which has no such thing (developer guide, "Logout endpoint").
  if (provider === undefined || nameId === undefined) return returnTo;
  const { startSamlLogout } = await import("../federation/saml-logout.ts");
  const session = { ...rest, provider, nameId };
  return (await startSamlLogout(environment, { address, session, returnTo, now })) ?? returnTo;
}

/**
 * Where the browser goes once it has signed out: to a sign-out URL of the client, compared as a text, or to sign in again
 * with a request like that of the authorization endpoint (developer guide, "Logout endpoint"). Throws AuthorizationError.
 */
async function logoutTarget(
  environment: Pick<Environment, "store" | "appClients">,
  { context: pool, base }: Pick<PoolAddress, "context" | "base">,
  query: URLSearchParams,
): Promise<string> {
  const logoutUri = query.get("logout_uri") || undefined;
  if (logoutUri === undefined) {
    if (!query.get("redirect_uri")) {
      // Reported from AWS.
      throw new AuthorizationError("invalid_request", "Required String parameter 'logout_uri' is not present");
    }
    const { request } = await readAuthorizationRequest(environment, pool, query);
    return `${base}/login?${authorizationQuery(request)}`;
  }
  const clientId = query.get("client_id") ?? "";
  const { store, appClients } = environment;
  const client = await store.read((tx) => appClients.find(tx, clientId));
  if (client?.pool.pool_id !== pool.pool.pool_id) {
    throw new AuthorizationError("invalid_request", "Client does not exist.");
  }
  if (!client.clientConfiguration.LogoutURLs?.includes(logoutUri)) {
    throw new AuthorizationError("invalid_request", "Invalid request");
  }
  return logoutUri;
}
