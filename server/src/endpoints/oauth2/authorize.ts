import { authorize } from "../../services/cognito/authorization/authorize.ts";
import { bindingCookieName } from "../../services/cognito/authorization/browser-binding.ts";
import { sessionCookieName } from "../../services/cognito/authorization/browser-session.ts";
import type { Environment } from "../../services/operation.ts";
import type { PoolEndpoint } from "../pool-domain.ts";
import { redirect } from "../pool-pages.ts";

export function authorizeEndpoint(environment: Environment): PoolEndpoint {
  return async ({ facts, address, query, now, cookie }) => {
    const { location, setCookie } = await authorize(environment, facts, {
      address,
      query,
      sessionCookie: cookie(sessionCookieName),
      bindingCookie: cookie(bindingCookieName),
      now,
    });
    return redirect(location, [setCookie]);
  };
}
