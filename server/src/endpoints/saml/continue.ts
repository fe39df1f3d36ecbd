import { AuthorizationError } from "../../services/cognito/authorization/authorization-error.ts";
import { bindingCookieName } from "../../services/cognito/authorization/browser-binding.ts";
import { openSignInEnd } from "../../services/cognito/federation/sign-in-end.ts";
import type { Environment } from "../../services/operation.ts";
import type { PoolEndpoint } from "../pool-domain.ts";
import { redirect } from "../pool-pages.ts";

/** The end of a sign-in at an identity provider, in the browser that began it. */
export function continueEndpoint(environment: Environment): PoolEndpoint {
  return async ({ address, query, now, cookie }) => {
    const bindingCookie = cookie(bindingCookieName);
    const end = openSignInEnd(environment, address, { state: query.get("state"), bindingCookie, now });
    // AWS's text for a RelayState that is none of this browser's.
    if (end === undefined) {
      throw new AuthorizationError("invalid_request", "Invalid relayState from identity provider");
    }
    return redirect(end.location, [end.cookie]);
  };
}
