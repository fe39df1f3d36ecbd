import { sha256 } from "../../../crypto/digest.ts";
import { identityProviders } from "../../../store/identity-providers.ts";
import type { Tx } from "../../../store/store.ts";
import { usedAssertions } from "../../../store/used-assertions.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import { AuthorizationError } from "../authorization/authorization-error.ts";
import {
  type AuthorizationRequest,
  errorRedirect,
  readAuthorizationRequest,
  supportedProviders,
} from "../authorization/authorization-request.ts";
import { isBoundTo } from "../authorization/browser-binding.ts";
import { browserSessionCookie } from "../authorization/browser-session.ts";
import { completeAuthorization } from "../authorization/complete.ts";
import type { PoolAddress } from "../domains/pool-address.ts";
import { federating } from "../rate-categories.ts";
import type { Json } from "../triggers/events.ts";
import { type FederatedSignIn, signInFederatedUser } from "./federated-user.ts";
import { FederationError, federationErrorOf } from "./federation-error.ts";
import { appleNames, claimsOf, fieldsOf, personClaims } from "./oidc-claims.ts";
import { askAttributes, errorText, redeemAtProvider, type TokenResponse } from "./oidc-exchange.ts";
import { type JsonClaims, verifyIdToken } from "./oidc-id-token.ts";
import { callbackPath, issuersOf, type OidcProvider, oidcProviderOf } from "./oidc-provider.ts";
import type { OidcSignIn } from "./oidc-sign-in.ts";
import { openState } from "./sealed-state.ts";
import { findProvider } from "./start-sign-in.ts";

export interface ReturnedSignIn {
  readonly address: PoolAddress;
  readonly query: URLSearchParams;
  /** The value of the browser's cookie. */
  readonly bindingCookie: string | undefined;
  readonly now: number;
}

/** Longer than a state is good for: after that it is refused for its age. */
const rememberedMs = 600_000;
const longestCode = 4_096;

/**
 * The end of a sign-in at an identity provider, in the browser that began it: where it goes on to, and the cookie of its
 * session here. Throws AuthorizationError: for a page where nobody can say which app it was for, else for the app.
 */
export async function completeOidcSignIn(
  environment: Environment,
  facts: RequestFacts,
  returned: ReturnedSignIn,
): Promise<{ readonly location: string; readonly cookie: string }> {
  const { address, query, now } = returned;
  const begun = openSignIn(environment, returned);
  await environment.rateLimits?.admit(federating, facts, now);
  const asked = new URLSearchParams(begun.authorization);
  // Once more: the app may have been changed, or be gone.
  const { context, request } = await readAuthorizationRequest(environment, address.context, asked);
  try {
    const provider = await requireProvider(environment, returned, begun.providerName, context.clientConfiguration);
    requireAnswer(query, provider);
    const who = await believe(environment, returned, begun, provider);
    const alsoWrite = useOnce(returned, provider);
    const signIn = { ...who, context, provider: provider.row, now, alsoWrite };
    const signedIn = await signInFederatedUser(environment, facts, signIn);
    const completed = { address, context, request, authTime: now, now, ...signedIn };
    const { location } = await completeAuthorization(environment, facts, completed);
    const { pool_id: poolId } = context.pool;
    const session = {
      userId: signedIn.user.user_id,
      poolId,
      authTime: now,
      provider: provider.name,
      clientId: request.clientId,
    };
    return { location, cookie: await browserSessionCookie(environment, address, session, now) };
  } catch (error) {
    throw toldToApp(environment, facts, { request, begun, error });
  }
}

/** The state as it was sent, to the same address, from this browser, and not too long ago. */
function openSignIn(environment: Environment, { address, query, bindingCookie, now }: ReturnedSignIn): OidcSignIn {
  const state = query.get("state");
  // As AWS says it of a RelayState.
  if (state === null)
    throw new AuthorizationError("invalid_request", "Required String parameter 'state' is not present");
  const { pool_id: poolId } = address.context.pool;
  const begun = openState<OidcSignIn>(environment, "oidc-sign-in", poolId, state, now);
  const isOurs = begun && begun.base === address.base && query.getAll("state").length === 1;
  return isOurs && isBoundTo(begun.binding, bindingCookie) ? begun : refuseState();
}

/** As AWS says it of a RelayState. */
function refuseState(): never {
  throw new AuthorizationError("invalid_request", "Invalid state from identity provider");
}

/** A state that serves a second time is somebody's who has seen it: the first commit has it. */
function useOnce({ address, query, now }: ReturnedSignIn, { row, name }: OidcProvider): (tx: Tx) => Promise<void> {
  const used = sha256(JSON.stringify(["oidc-state", address.context.pool.pool_id, query.get("state")]));
  return async (tx) => {
    // It took its time to answer, and may not be trusted any more.
    if (!(await identityProviders.isUnchanged(tx, row))) refuseProvider(name);
    if (!(await usedAssertions.note(tx, used, now + rememberedMs, now))) refuseState();
  };
}

async function requireProvider(
  environment: Environment,
  { address }: ReturnedSignIn,
  name: string,
  configuration: Parameters<typeof supportedProviders>[0],
): Promise<OidcProvider> {
  const row = await findProvider(environment, address, name);
  if (row === undefined || row.provider_type === "SAML" || !supportedProviders(configuration).includes(name)) {
    return refuseProvider(name);
  }
  return oidcProviderOf(environment, row);
}

/** The text is ours. */
function refuseProvider(name: string): never {
  throw new FederationError("invalid_request", `The identity provider ${name} is not available.`);
}

/** An error of the provider's goes on to the app as it is. Whoever says who he is must be whom we asked (RFC 9207). */
function requireAnswer(query: URLSearchParams, provider: OidcProvider): void {
  const issuer = query.get("iss");
  if (issuer !== null && issuersOf(provider)?.includes(issuer) === false) {
    // The text is ours.
    throw new FederationError("invalid_request", "The answer is not the identity provider's.");
  }
  const error = query.get("error");
  if (error !== null) {
    throw new FederationError(errorText(error) ?? "server_error", errorText(query.get("error_description")) ?? "");
  }
}

type Identified = Pick<FederatedSignIn, "subject" | "claims" | "received">;

/** Asks the provider who it was. */
async function believe(
  environment: Environment,
  { address, query, now }: ReturnedSignIn,
  { nonce, verifier }: OidcSignIn,
  provider: OidcProvider,
): Promise<Identified> {
  const code = query.get("code");
  if (!code || code.length > longestCode || query.getAll("code").length !== 1) {
    throw new FederationError("invalid_request", "Required String parameter 'code' is not present");
  }
  const redirectUri = address.base + callbackPath;
  const response = await redeemAtProvider(environment, provider, { code, redirectUri, verifier, now });
  const idToken = await readIdToken(environment, provider, response, { nonce, now });
  const attributes = await readAttributes(environment, provider, response, idToken);
  const names = provider.type === "SignInWithApple" ? appleNames(query.get("user")) : {};
  const claims = claimsOf(response, names, attributes ?? {}, idToken ?? {});
  const [subject = ""] = claims.get(provider.subjectClaim) ?? [];
  // The text is ours.
  if (subject === "")
    throw new FederationError("server_error", `${provider.name} Error - ${provider.subjectClaim} is missing`);
  return { subject, claims, received: () => receivedFrom(response, idToken, attributes) };
}

async function readIdToken(
  environment: Environment,
  provider: OidcProvider,
  { idToken }: TokenResponse,
  expected: { readonly nonce: string; readonly now: number },
): Promise<JsonClaims | undefined> {
  if (provider.idToken === undefined) return undefined;
  // The text is ours.
  if (idToken === undefined) throw new FederationError("server_error", `${provider.name} Error - no id_token`);
  return verifyIdToken(environment, provider, idToken, expected);
}

async function readAttributes(
  environment: Environment,
  provider: OidcProvider,
  { accessToken }: TokenResponse,
  idToken: JsonClaims | undefined,
): Promise<JsonClaims | undefined> {
  const fields = fieldsOf(provider);
  const isAsked = provider.details.attributes_url !== undefined && (provider.type !== "Google" || fields.length > 0);
  if (!isAsked) return undefined;
  // The text is ours.
  if (accessToken === undefined) throw new FederationError("server_error", `${provider.name} Error - no access_token`);
  const answer = await askAttributes(environment, provider, accessToken, fields);
  if (provider.type === "Google") return personClaims(answer);
  // OpenID Connect Core, 5.3.2: it must be there, and the same; else somebody else's token could have been slipped in.
  if (idToken !== undefined && answer.sub !== idToken.sub) {
    throw new FederationError("server_error", `${provider.name} Error - userInfo is of another subject`);
  }
  return answer;
}

type Received = { readonly [member: string]: Json };

/** All of them came out of JSON. */
function receivedFrom(
  { all }: TokenResponse,
  idToken: JsonClaims | undefined,
  userInfo: JsonClaims | undefined,
): ReturnType<FederatedSignIn["received"]> {
  return {
    tokenResponse: all as Received, // see above
    ...(idToken === undefined ? {} : { idToken: idToken as Received }), // see above
    ...(userInfo === undefined ? {} : { userInfo: userInfo as Received }), // see above
  };
}

function toldToApp(
  { log }: Pick<Environment, "log">,
  { requestId }: RequestFacts,
  failed: { readonly request: AuthorizationRequest; readonly begun: OidcSignIn; readonly error: unknown },
): unknown {
  const { request, begun, error } = failed;
  const refusal = federationErrorOf(error);
  if (refusal === undefined) return error;
  const { code, message } = refusal;
  log.warn("sign-in at an identity provider refused", {
    requestId,
    providerName: begun.providerName,
    code,
    reason: message,
  });
  return new AuthorizationError(code, message, errorRedirect(request, code, message));
}
