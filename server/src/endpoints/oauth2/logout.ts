import { clearedBrowserSession, sessionCookieName } from "../../services/cognito/authorization/browser-session.ts";
import { logOut } from "../../services/cognito/authorization/logout.ts";
import type { Environment } from "../../services/operation.ts";
import type { PoolEndpoint } from "../pool-domain.ts";
import { redirect } from "../pool-pages.ts";

/** Ends the browser's session; tokens that apps have go on (developer guide, "Logout endpoint"). */
export function logoutEndpoint(environment: Environment): PoolEndpoint {
  return async ({ address, query, now, cookie }) => {
    const location = await logOut(environment, { address, query, sessionCookie: cookie(sessionCookieName), now });
    return redirect(location, [clearedBrowserSession(address)]);
  };
}
