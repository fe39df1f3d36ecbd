/**
 * mock-idp/: an identity provider for trying federation offline, SAML 2.0 and OpenID Connect on one port. It asks for no
 * passwords: whoever reaches it is whom they say they are. saml-*.ts and oidc-*.ts are the protocols, page.ts the HTML,
 * keys.ts what it signs with. It checks requests as a strict identity provider would, and misbehaves where it is told to.
 * State is in memory, and bounded. Files, sockets and flags are its caller's.
 */
import type { Clock } from "../runtime/clock.ts";
import type { Random } from "../runtime/random.ts";
import { SamlError } from "../saml/saml-error.ts";
import { type MockEndpoint, type MockRequest, type MockResponse, type MockRoutes, Refused } from "./http.ts";
import type { MockKeys } from "./keys.ts";
import { oidcRoutes } from "./oidc.ts";
import { type Html, html, page, postingScript, refusalPage, styleSheet } from "./page.ts";
import { samlRoutes } from "./saml.ts";
import type { ServiceProvider } from "./service-provider.ts";
import { MockSessions } from "./session.ts";
import { Targets } from "./targets.ts";
import type { MockUser } from "./users.ts";

export interface MockIdpOptions {
  /** Where it is found, without a slash at its end: `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: MockKeys;
  /** Who is proposed. Anybody else may sign in, too. */
  readonly users: readonly MockUser[];
  /** Who is signed in without being asked; undefined for a page that asks. */
  readonly signIn?: string | undefined;
  readonly requireSignedRequests: boolean;
  /** Read anew for each request, so that a service provider's change of certificates is seen. */
  readonly serviceProviders: () => Promise<readonly ServiceProvider[]>;
  /** PEM: what requests may be signed with, besides what the metadata says. Read anew, too. */
  readonly requestCertificates: () => readonly string[];
  /** PEM: whom every assertion is encrypted for. */
  readonly encryptFor: string | undefined;
  /** Of the OpenID Connect client. */
  readonly client: { readonly id: string; readonly secret: string };
  /** Where browsers may be sent with answers, besides this machine and what metadata says. */
  readonly allowedOrigins: readonly string[];
}

/** What both protocols work with. */
export interface MockIdp extends MockIdpOptions {
  readonly sessions: MockSessions;
  readonly targets: Targets;
}

export interface RunningMockIdp {
  readonly metadataUrl: string;
  readonly issuer: string;
  readonly endpoint: MockEndpoint;
}

export function mockIdp(options: MockIdpOptions): RunningMockIdp {
  const { clock, random, baseUrl } = options;
  const sessions = new MockSessions({ clock, random, secure: baseUrl.startsWith("https:") });
  const idp: MockIdp = { ...options, sessions, targets: new Targets(options.allowedOrigins) };
  const routes: MockRoutes = {
    "GET /": (request) => startPage(idp, request),
    "GET /mock-idp.css": () => styleSheet,
    "GET /mock-idp.js": () => postingScript,
    ...samlRoutes(idp),
    ...oidcRoutes(idp),
  };
  const table = new Map(Object.entries(routes));
  return {
    metadataUrl: `${baseUrl}/saml/metadata`,
    issuer: baseUrl,
    endpoint: async (request) => {
      const method = request.method === "HEAD" ? "GET" : request.method;
      const endpoint = table.get(`${method} ${request.path}`);
      if (endpoint === undefined) return refusalPage(404, "There is nothing here.");
      try {
        return await endpoint(request);
      } catch (error) {
        if (!(error instanceof Refused || error instanceof SamlError)) throw error;
        return refusalPage(400, error.message);
      }
    },
  };
}

async function startPage(idp: MockIdp, request: MockRequest): Promise<MockResponse> {
  const { baseUrl, client } = idp;
  const session = idp.sessions.find(request);
  let providers: readonly ServiceProvider[] = [];
  let unread: Html[] = [];
  try {
    providers = await idp.serviceProviders();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    unread = [html`<p role="alert">${error.message}</p>\n`];
  }
  const starts = providers.map(
    ({ entityId }) => html`<form method="get" action="/saml/start">
<input type="hidden" name="sp" value="${entityId}">
<p><label>RelayState <input name="RelayState"></label>
<button type="submit">Sign in to ${entityId}</button></p>
</form>\n`,
  );
  return page(
    200,
    "Mock identity provider",
    html`<dl>
<dt>SAML metadata</dt><dd><code>${baseUrl}/saml/metadata</code></dd>
<dt>OpenID Connect issuer</dt><dd><code>${baseUrl}</code></dd>
<dt>OpenID Connect client</dt><dd><code>${client.id}</code></dd>
</dl>
<h2>Sign in from here</h2>
${unread}${starts}<form method="get" action="/saml/start">
<p><label>Assertion consumer service <input name="acs" type="url" required></label></p>
<p><label>Audience (entity id) <input name="audience" required></label></p>
<p><label>RelayState <input name="RelayState"></label></p>
<p><button type="submit">Sign in there</button></p>
</form>
<h2>Signed in</h2>
${
  session === undefined
    ? html`<p>Nobody, in this browser.</p>`
    : html`<form method="post" action="/saml/sign-out">
<p>${session.user.username}, at ${String(session.participants.length)} service providers by SAML.
<button type="submit">Sign out everywhere</button></p>
</form>`
}`,
  );
}
