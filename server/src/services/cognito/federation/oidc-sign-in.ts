import { sha256 } from "../../../crypto/digest.ts";
import type { Environment } from "../../operation.ts";
import { authorizationQuery } from "../authorization/authorization-request.ts";
import { callbackPath, oidcProviderOf } from "./oidc-provider.ts";
import { sealState } from "./sealed-state.ts";
import type { StartedSignIn } from "./start-sign-in.ts";

/** As with SAML: how long a user has at the identity provider. */
const mostMsAway = 300_000;

/** What a sign-in at an identity provider was begun for: its `state`. */
export interface OidcSignIn {
  /** Whose answer it is to be: a code of another's is never sent to this one (RFC 9700, 4.4). */
  readonly providerName: string;
  /** By which of its names the pool's domain was asked: the answer is to come to the same. */
  readonly base: string;
  /** The authorization request of the app, as a query. */
  readonly authorization: string;
  /** The hash of the browser's binding. */
  readonly binding: string;
  readonly nonce: string;
  /** Of PKCE. */
  readonly verifier: string;
}

/**
 * Where the browser is sent for its user to sign in at the provider: its authorization endpoint, with a state that only
 * this browser can bring back, and a nonce and a PKCE challenge for those who know them (OpenID Connect Core, 3.1.2.1;
 * RFC 7636).
 */
export function startOidcSignIn(environment: Environment, signIn: StartedSignIn): string {
  const { address, request, binding, now } = signIn;
  const { details, ...provider } = oidcProviderOf(environment, signIn.provider);
  const nonce = randomText(environment);
  const verifier = randomText(environment);
  const state: OidcSignIn = {
    providerName: provider.name,
    base: address.base,
    authorization: authorizationQuery(request).toString(),
    binding,
    nonce,
    verifier,
  };
  const { authorize_url: endpoint } = details;
  if (endpoint === undefined) throw new Error("The identity provider has no authorization endpoint.");
  const location = new URL(endpoint);
  const { pool_id: poolId } = address.context.pool;
  const parameters: Readonly<Record<string, string | undefined>> = {
    client_id: provider.clientId,
    redirect_uri: address.base + callbackPath,
    response_type: "code",
    scope: details.authorize_scopes,
    state: sealState(environment, "oidc-sign-in", poolId, state, now + mostMsAway),
    nonce: provider.idToken && nonce,
    code_challenge: provider.knowsPkce ? sha256(verifier) : undefined,
    code_challenge_method: provider.knowsPkce ? "S256" : undefined,
    // Apple posts its answer where names or addresses are asked for, and takes no other way.
    response_mode: provider.type === "SignInWithApple" && details.authorize_scopes ? "form_post" : undefined,
    login_hint: provider.isHinted ? request.loginHint : undefined,
    prompt: provider.isHinted ? request.prompt : undefined,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) location.searchParams.set(name, value);
  }
  return location.href;
}

function randomText({ random }: Pick<Environment, "random">): string {
  return Buffer.from(random.bytes(32)).toString("base64url");
}
