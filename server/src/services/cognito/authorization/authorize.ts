import { ServiceException } from "../../../contract/service-exception.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { findProvider, startFederatedSignIn } from "../federation/start-sign-in.ts";
import {
  type AuthorizationRequest,
  authorizationQuery,
  errorRedirect,
  ownUsers,
  readAuthorizationRequest,
  supportedProviders,
} from "./authorization-request.ts";
import { bindBrowser, bindingHash } from "./browser-binding.ts";
import { findBrowserSession, mostUnaskedMs } from "./browser-session.ts";
import { completeAuthorization } from "./complete.ts";

interface Asked {
  readonly address: PoolAddress;
  readonly query: URLSearchParams;
  /** Values of the browser's cookies. */
  readonly sessionCookie: string | undefined;
  readonly bindingCookie: string | undefined;
  readonly now: number;
}

interface Destination {
  readonly location: string;
  /** A Set-Cookie value. */
  readonly setCookie?: string | undefined;
}

/**
 * Where a browser goes that an app has sent to sign its user in (RFC 6749, 3.1; OpenID Connect Core, 3.1.2): back to the
 * app, where the user is signed in already; else to the identity provider, or to sign in here. Throws AuthorizationError.
 */
export async function authorize(environment: Environment, facts: RequestFacts, asked: Asked): Promise<Destination> {
  const { address, query, now } = asked;
  const { context, request } = await readAuthorizationRequest(environment, address.context, query);
  const prompts = request.prompt?.split(" ") ?? [];
  if (!prompts.includes("login")) {
    const location = await withoutSignIn(environment, facts, asked, context, request);
    if (location !== undefined) return { location };
  }
  if (prompts.includes("none")) return { location: errorRedirect(request, "login_required", "") };
  const name = request.identityProvider ?? onlyProvider(context);
  if (name === undefined || name === ownUsers) {
    return { location: `${address.basePath}/login?${authorizationQuery(request)}` };
  }
  const provider = await findProvider(environment, address, name);
  if (provider === undefined) return { location: errorRedirect(request, "invalid_request", "") };
  const { value, setCookie } = bindBrowser(environment, address, asked.bindingCookie);
  const binding = bindingHash(value);
  const signIn = { address, context, request, provider, binding, now };
  return { location: await startFederatedSignIn(environment, signIn), setCookie };
}

/** For the user of the browser's session, if that is one who may use the client, and of the provider that is asked for. */
async function withoutSignIn(
  environment: Environment,
  facts: RequestFacts,
  { address, sessionCookie, now }: Asked,
  context: ClientContext,
  request: AuthorizationRequest,
): Promise<string | undefined> {
  const found = await findBrowserSession(environment, address, sessionCookie, now);
  if (found === undefined) return undefined;
  const { session, user } = found;
  const mayLast = await mostUnaskedMs(environment, {
    poolId: context.pool.pool_id,
    clientId: context.client.client_id,
  });
  if (now >= session.authTime + mayLast) return undefined;
  const provider = session.provider ?? ownUsers;
  if (!supportedProviders(context.clientConfiguration).includes(provider)) return undefined;
  if (request.identityProvider !== undefined && request.identityProvider !== provider) return undefined;
  // As every sign-in on the domain (developer guide, quotas of request rates).
  await environment.rateLimits?.admit("cognito-idp:InitiateAuth", facts, now);
  const { authTime } = session;
  try {
    return (await completeAuthorization(environment, facts, { address, context, request, user, authTime, now }))
      .location;
  } catch (error) {
    const location = refusedRedirect(request, error);
    if (location === undefined) throw error;
    return location;
  }
}

/** Where the app hears that a function of the pool's owner, or the state of the user, stood against it. */
function refusedRedirect(request: AuthorizationRequest, error: unknown): string | undefined {
  if (!(error instanceof ServiceException) || error.code === "TooManyRequestsException") return undefined;
  return errorRedirect(request, "invalid_request", error.message);
}

/** The one identity provider of a client whose users sign in nowhere else. */
function onlyProvider({ clientConfiguration }: ClientContext): string | undefined {
  const [only, ...others] = supportedProviders(clientConfiguration);
  return others.length === 0 ? only : undefined;
}
