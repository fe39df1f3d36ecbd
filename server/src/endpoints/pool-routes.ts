import type { Environment } from "../services/operation.ts";
import type { PoolEndpoint } from "./pool-domain.ts";

type Load = (environment: Environment) => Promise<PoolEndpoint>;

/** Routes that one function answers. */
function each(
  routes: readonly string[],
  load: (environment: Environment, route: string) => Promise<PoolEndpoint>,
): Record<string, Load> {
  return Object.fromEntries(routes.map((route) => [route, (environment: Environment) => load(environment, route)]));
}

/** What a pool's domain serves, each loaded when it is first asked for: `METHOD /path`, without the path of the pool. */
export const poolRoutes: Readonly<Record<string, Load>> = {
  // OAuth 2.0 and OpenID Connect.
  "GET /oauth2/authorize": async (environment) =>
    (await import("./oauth2/authorize.ts")).authorizeEndpoint(environment),
  "POST /oauth2/token": async (environment) => (await import("./oauth2/token.ts")).tokenEndpoint(environment),
  "GET /oauth2/userInfo": async (environment) => (await import("./oauth2/userinfo.ts")).userinfoEndpoint(environment),
  "POST /oauth2/userInfo": async (environment) => (await import("./oauth2/userinfo.ts")).userinfoEndpoint(environment),
  "POST /oauth2/revoke": async (environment) => (await import("./oauth2/revoke.ts")).revokeEndpoint(environment),
  "GET /oauth2/idpresponse": async (environment) =>
    (await import("./oauth2/idp-response.ts")).idpResponseEndpoint(environment),
  "POST /oauth2/idpresponse": async () => (await import("./oauth2/idp-response.ts")).idpResponseFormEndpoint,
  // SAML 2.0, as a service provider.
  "POST /saml2/idpresponse": async (environment) =>
    (await import("./saml/response.ts")).samlResponseEndpoint(environment),
  "GET /saml2/continue": async (environment) => (await import("./saml/continue.ts")).continueEndpoint(environment),
  "GET /saml2/logout": async (environment) => (await import("./saml/logout.ts")).samlLogoutEndpoint(environment),
  "POST /saml2/logout": async (environment) => (await import("./saml/logout.ts")).samlLogoutEndpoint(environment),
  "GET /saml2/metadata": async (environment) => (await import("./saml/metadata.ts")).samlMetadataEndpoint(environment),
  "GET /logout": async (environment) => (await import("./oauth2/logout.ts")).logoutEndpoint(environment),
  // Managed login.
  ...each(
    [
      ...["GET /login", "POST /login", "GET /signup", "POST /signup", "GET /confirmUser", "POST /confirmUser"],
      ...["GET /resendcode", "POST /resendcode", "GET /forgotPassword", "POST /forgotPassword"],
      ...["GET /confirmForgotPassword", "POST /confirmForgotPassword", "GET /mfa", "POST /mfa"],
      ...["GET /changePassword", "POST /changePassword", "GET /passkeys/add", "POST /passkeys/add"],
    ],
    async (environment, route) => (await import("./managed-login/pages.ts")).managedLoginEndpoint(environment, route),
  ),
  "GET /error": async () => (await import("./managed-login/pages.ts")).errorEndpoint,
  ...each(
    [
      ...["GET /managed-login/style.css", "GET /managed-login/brand.css"],
      ...["GET /managed-login/passkeys.js", "GET /managed-login/image", "GET /managed-login/icon.svg"],
    ],
    async (environment, route) => (await import("./managed-login/assets.ts")).assetEndpoint(environment, route),
  ),
};

const paths: ReadonlySet<string> = new Set(Object.keys(poolRoutes).map((route) => route.slice(route.indexOf(" ") + 1)));

export function isPoolPath(path: string): boolean {
  return paths.has(path);
}
