import { bindingCookieName } from "../../services/cognito/authorization/browser-binding.ts";
import { completeOidcSignIn } from "../../services/cognito/federation/oidc-callback.ts";
import type { Environment } from "../../services/operation.ts";
import type { PoolEndpoint } from "../pool-domain.ts";
import { redirect } from "../pool-pages.ts";

/** Where identity providers of OpenID Connect and social ones send the browser back to. */
export function idpResponseEndpoint(environment: Environment): PoolEndpoint {
  return async ({ facts, address, query, now, cookie }) => {
    const bindingCookie = cookie(bindingCookieName);
    const { location, cookie: session } = await completeOidcSignIn(environment, facts, {
      address,
      query,
      bindingCookie,
      now,
    });
    return redirect(location, [session]);
  };
}

/** What the answer may hold (OpenID Connect Core, 3.1.2.5; RFC 9207; Apple's `user`). */
const parameters = ["code", "state", "iss", "error", "error_description", "user"];
const longest = 16_384;

/**
 * Apple posts it (OAuth 2.0 Form Post Response Mode), from its own site, and so without this browser's cookies: it asks again
 * with a GET, which has them.
 */
export const idpResponseFormEndpoint: PoolEndpoint = async ({ address, form }) => {
  const query = new URLSearchParams();
  for (const name of parameters) {
    const values = form.getAll(name).filter(({ length }) => length <= longest);
    for (const value of values.slice(0, 2)) query.append(name, value);
  }
  return redirect(`${address.base}${address.path}?${query}`);
};
