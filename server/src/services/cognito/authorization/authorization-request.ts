import { identityProviders } from "../../../store/identity-providers.ts";
import type { Environment } from "../../operation.ts";
import type { ClientContext, PoolContext } from "../app-clients/app-client.ts";
import { AuthorizationError } from "./authorization-error.ts";

/** What an app asks for, checked: its client may have it, and `redirectUri` is one of its own. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseType: "code" | "token";
  readonly scopes: readonly string[];
  readonly state?: string | undefined;
  readonly nonce?: string | undefined;
  /** PKCE's, by S256. */
  readonly codeChallenge?: string | undefined;
  readonly loginHint?: string | undefined;
  readonly lang?: string | undefined;
  /** Separated by blanks: none, login, select_account, consent. */
  readonly prompt?: string | undefined;
  /** The name of one that the client supports; `ownUsers` is the pool itself. */
  readonly identityProvider?: string | undefined;
  /** Whom the access token is for (RFC 8707). */
  readonly resource?: string | undefined;
}

export interface ReadRequest {
  readonly context: ClientContext;
  readonly request: AuthorizationRequest;
}

/** What an app sends and pages hand on, each once at most (RFC 6749, 3.1). */
const names = [
  "client_id",
  "redirect_uri",
  "response_type",
  "scope",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "login_hint",
  "lang",
  "prompt",
  "identity_provider",
  "idp_identifier",
  "resource",
] as const;

type Name = (typeof names)[number];

/** All of them together; browsers and proxies let URLs of 8 kB through. */
const longest = 8_192;
/** RFC 7636, 4.2: a SHA-256 digest. */
const challengePattern = /^[A-Za-z0-9_-]{43}$/;
const scopePattern = /^[\x21\x23-\x5b\x5d-\x7e]{1,513}$/;
const langPattern = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/;
const prompts: ReadonlySet<string> = new Set(["none", "login", "select_account", "consent"]);

/**
 * Throws AuthorizationError: for a page where the client or its redirect_uri is not right, else for the app. Errors of the
 * page carry AWS's words: `redirect_mismatch`, and that the client does not exist.
 */
export async function readAuthorizationRequest(
  environment: Pick<Environment, "store" | "appClients">,
  pool: PoolContext,
  query: URLSearchParams,
): Promise<ReadRequest> {
  const given = readOnce(query);
  const { store, appClients } = environment;
  const clientId = given.get("client_id");
  if (clientId === undefined) {
    throw new AuthorizationError("invalid_request", "Required String parameter 'client_id' is not present");
  }
  const context = await store.read((tx) => appClients.find(tx, clientId));
  if (context?.pool.pool_id !== pool.pool.pool_id) {
    throw new AuthorizationError("invalid_request", "Client does not exist.");
  }
  const redirectUri = redirectUriOf(context, given.get("redirect_uri"));
  const responseType = given.get("response_type");
  const target = {
    redirectUri,
    // Of a type that is none, the error goes where most apps look for it.
    responseType: responseType === "token" ? ("token" as const) : ("code" as const),
    state: given.get("state"),
  };
  const refuse = (code: string): never => {
    throw new AuthorizationError(code, code, errorRedirect(target, code, ""));
  };
  if (query.size > given.size && names.some((name) => query.getAll(name).length > 1)) refuse("invalid_request");
  if (responseType !== "code" && responseType !== "token") refuse("invalid_request");
  if (!mayUse(context, target.responseType)) refuse("unauthorized_client");
  const scopes = scopesOf(context, given.get("scope")) ?? refuse("invalid_scope");
  const codeChallenge = given.get("code_challenge");
  const method = given.get("code_challenge_method");
  if ((codeChallenge === undefined) !== (method === undefined)) refuse("invalid_request");
  if (codeChallenge !== undefined && (method !== "S256" || !challengePattern.test(codeChallenge))) {
    refuse("invalid_request");
  }
  const prompt = given.get("prompt");
  if (prompt !== undefined && !isPrompt(prompt)) refuse("invalid_request");
  const resource = given.get("resource");
  if (resource !== undefined && !isResource(resource)) refuse("invalid_request");
  const identityProvider = await providerOf(environment, context, given);
  if (identityProvider === null) refuse("invalid_request");
  const lang = given.get("lang");
  return {
    context,
    request: {
      ...target,
      clientId,
      scopes,
      nonce: given.get("nonce"),
      codeChallenge,
      loginHint: given.get("login_hint"),
      // Pages fall back to English for what they do not speak, so what is no language is none.
      lang: lang !== undefined && langPattern.test(lang) ? lang : undefined,
      prompt,
      identityProvider: identityProvider ?? undefined,
      resource,
    },
  };
}

/** The first of each, and nothing that is empty (RFC 6749, 3.1). */
function readOnce(query: URLSearchParams): ReadonlyMap<Name, string> {
  const given = new Map<Name, string>();
  let length = 0;
  for (const name of names) {
    const value = query.get(name);
    if (value === null || value === "") continue;
    length += value.length;
    given.set(name, value);
  }
  // The text is ours.
  if (length > longest) throw new AuthorizationError("invalid_request", "The request is too long.");
  return given;
}

/**
 * Compared as a text (RFC 9700, 2.1). A client with one identity provider may leave it out (API reference,
 * DefaultRedirectURI).
 */
function redirectUriOf({ clientConfiguration }: ClientContext, given: string | undefined): string {
  const { CallbackURLs = [] } = clientConfiguration;
  const found = given ?? defaultRedirectUri(clientConfiguration);
  if (found === undefined) {
    throw new AuthorizationError("invalid_request", "Required String parameter 'redirect_uri' is not present");
  }
  if (!CallbackURLs.includes(found)) throw new AuthorizationError("redirect_mismatch", "redirect_mismatch");
  return found;
}

export function defaultRedirectUri({
  DefaultRedirectURI,
  SupportedIdentityProviders = [],
}: ClientContext["clientConfiguration"]): string | undefined {
  return SupportedIdentityProviders.length === 1 ? DefaultRedirectURI : undefined;
}

function mayUse({ clientConfiguration }: ClientContext, responseType: "code" | "token"): boolean {
  const { AllowedOAuthFlowsUserPoolClient, AllowedOAuthFlows = [] } = clientConfiguration;
  return (
    AllowedOAuthFlowsUserPoolClient === true &&
    AllowedOAuthFlows.includes(responseType === "code" ? "code" : "implicit")
  );
}

/** Those of a user that only come with `openid` (developer guide, "Authorize endpoint", scope). */
const openIdScopes = ["email", "phone", "profile"];

/** All that the client may have, where it asks for none; undefined for what it may not. */
function scopesOf({ clientConfiguration }: ClientContext, given: string | undefined): readonly string[] | undefined {
  const allowed: readonly string[] = clientConfiguration.AllowedOAuthScopes ?? [];
  const asked = [...new Set((given ?? "").split(" ").filter((scope) => scope !== ""))];
  if (asked.length === 0) return allowed;
  if (!asked.every((scope) => scopePattern.test(scope) && allowed.includes(scope))) return undefined;
  return asked.includes("openid") || !asked.some((scope) => openIdScopes.includes(scope)) ? asked : undefined;
}

/** OpenID Connect Core, 3.1.2.1: `none` stands alone. */
function isPrompt(prompt: string): boolean {
  const values = prompt.split(" ");
  return values.every((value) => prompts.has(value)) && (values.length === 1 || !values.includes("none"));
}

/** As callback URLs: `https`, `http` on this machine, or an app's own scheme (developer guide, "Resource binding"). */
function isResource(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return !text.includes("#") && (protocol !== "http:" || hostname === "localhost");
}

/** Null for one that the client does not support. */
async function providerOf(
  { store }: Pick<Environment, "store">,
  { pool, clientConfiguration }: ClientContext,
  given: ReadonlyMap<Name, string>,
): Promise<string | null | undefined> {
  const identifier = given.get("idp_identifier");
  const byIdentifier = async (of: string) =>
    (await store.read((tx) => identityProviders.findByIdentifier(tx, pool.pool_id, of))) ?? null;
  const name =
    given.get("identity_provider") ?? (identifier === undefined ? undefined : await byIdentifier(identifier));
  if (name === undefined || name === null) return name;
  return supportedProviders(clientConfiguration).includes(name) ? name : null;
}

/** As SupportedIdentityProviders names the pool itself. */
export const ownUsers = "COGNITO";

/** Where a client names none, its users are the pool's own. */
export function supportedProviders({
  SupportedIdentityProviders,
}: ClientContext["clientConfiguration"]): readonly string[] {
  return SupportedIdentityProviders ?? [ownUsers];
}

/** The same request again, for links between pages: each reads and checks it anew. */
export function authorizationQuery(request: AuthorizationRequest): URLSearchParams {
  const query = new URLSearchParams({
    client_id: request.clientId,
    response_type: request.responseType,
    scope: request.scopes.join(" "),
    redirect_uri: request.redirectUri,
  });
  const more = {
    state: request.state,
    nonce: request.nonce,
    code_challenge: request.codeChallenge,
    code_challenge_method: request.codeChallenge === undefined ? undefined : "S256",
    login_hint: request.loginHint,
    lang: request.lang,
    prompt: request.prompt,
    identity_provider: request.identityProvider,
    resource: request.resource,
  };
  for (const [name, value] of Object.entries(more)) if (value !== undefined) query.set(name, value);
  return query;
}

type Target = Pick<AuthorizationRequest, "redirectUri" | "responseType" | "state">;

/** Where the app hears that it gets nothing. Without a description where AWS gives none. */
export function errorRedirect(request: Target, error: string, description: string): string {
  return answerRedirect(request, { error, error_description: description === "" ? undefined : description });
}

const unreserved = /^[\w.*-]+$/;

/**
 * The app's redirect_uri with an answer: in the query for a code, in the fragment for tokens (RFC 6749, 4.1.2 and 4.2.2),
 * the state after all else. A query that it has is kept (3.1.2).
 */
export function answerRedirect(
  { redirectUri, responseType, state }: Target,
  answer: Readonly<Record<string, string | undefined>>,
): string {
  const parameters: string[] = [];
  for (const [name, value] of Object.entries({ ...answer, state })) {
    if (value === undefined) continue;
    // Tokens are long, and of characters alone that stand for themselves.
    parameters.push(unreserved.test(value) ? `${name}=${value}` : new URLSearchParams([[name, value]]).toString());
  }
  const mark = responseType === "token" ? "#" : redirectUri.includes("?") ? "&" : "?";
  return `${redirectUri}${mark}${parameters.join("&")}`;
}
