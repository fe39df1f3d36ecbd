import { signToken } from "../../../crypto/jwt.ts";
import { decodePrivateKey } from "../../../crypto/private-key.ts";
import { FetchError } from "../../../runtime/fetch-error.ts";
import { fetchPublic } from "../../../runtime/fetch-public.ts";
import type { StringMap } from "../../../store/identity-providers.ts";
import type { Environment } from "../../operation.ts";
import { FederationError } from "./federation-error.ts";
import type { JsonClaims } from "./oidc-id-token.ts";
import type { OidcProvider } from "./oidc-provider.ts";

type Means = Pick<Environment, "issuerKeys" | "log">;

const bounds = { timeoutMs: 5_000, bytes: 65_536 };

/** What the token endpoint answers (RFC 6749, 5.1), as far as it is believed to be texts. */
export interface TokenResponse {
  readonly all: JsonClaims;
  readonly accessToken: string | undefined;
  readonly idToken: string | undefined;
}

export interface Redeemed {
  readonly code: string;
  /** The one that the sign-in was begun with. */
  readonly redirectUri: string;
  readonly verifier: string;
  readonly now: number;
}

/** Redeems the code, with the client's secret in the form: AWS knows no other way (developer guide, "Using OIDC IdPs"). */
export async function redeemAtProvider(means: Means, provider: OidcProvider, given: Redeemed): Promise<TokenResponse> {
  const { details, clientId } = provider;
  const secret = await clientSecretOf(means, provider, given.now);
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: clientId,
    ...(secret === undefined ? {} : { client_secret: secret }),
    code: given.code,
    redirect_uri: given.redirectUri,
    ...(provider.knowsPkce ? { code_verifier: given.verifier } : {}),
  }).toString();
  const url = endpointOf(provider, "token_url");
  const isGet = details.token_request_method === "GET";
  if (isGet) url.search = form;
  const all = await ask(means, provider, url, {
    headers: isGet ? {} : { "content-type": "application/x-www-form-urlencoded" },
    body: isGet ? undefined : form,
  });
  return { all, accessToken: textOf(all.access_token), idToken: textOf(all.id_token) };
}

/** What the provider tells the bearer of this token of its user (OpenID Connect Core, 5.3, and its like). */
export function askAttributes(
  means: Means,
  provider: OidcProvider,
  accessToken: string,
  fields: readonly string[],
): Promise<JsonClaims> {
  const { details } = provider;
  const url = endpointOf(provider, "attributes_url");
  if (details.attributes_url_add_attributes === "true") {
    // The names are appended to a URL that ends with the parameter's name.
    url.href += encodeURIComponent(fields.join(","));
  }
  return ask(means, provider, url, {
    headers: { authorization: `Bearer ${accessToken}` },
    body: details.attributes_request_method === "POST" ? "" : undefined,
  });
}

function endpointOf({ details, name }: OidcProvider, member: "token_url" | "attributes_url"): URL {
  const endpoint = details[member];
  if (endpoint === undefined || !URL.canParse(endpoint)) throw new Error(`${name} has no ${member}`);
  return new URL(endpoint);
}

async function ask(
  { issuerKeys, log }: Means,
  { name }: OidcProvider,
  url: URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string | undefined },
): Promise<JsonClaims> {
  const headers = { accept: "application/json", "user-agent": "Amazon/Cognito", ...request.headers };
  let answer: Awaited<ReturnType<typeof fetchPublic>>;
  try {
    answer = await fetchPublic(url, { ...bounds, ...issuerKeys.allowedAt(url), headers, body: request.body });
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    // Neither the query nor the body: a code, a secret or a token may be in them.
    log.warn("no answer of an identity provider", { providerName: name, host: url.host, reason: error.message });
    // The text is ours.
    throw new FederationError("server_error", `${name} Error - the provider cannot be reached`);
  }
  const json = objectOf(answer.body);
  if (answer.status === 200 && json !== undefined && json.error === undefined) return json;
  return refuse(name, answer.status, json ?? {});
}

/**
 * What the provider says is wrong, for the app: `LoginWithAmazon Error - 400 invalid_request …` (developer guide, "Managed
 * login and federation error responses").
 */
function refuse(name: string, status: number, json: JsonClaims): never {
  const code = errorText(json.error);
  const description = errorText(json.error_description);
  const text = [`${name} Error - ${status}`, code, description].filter((part) => part !== undefined).join(" ");
  throw new FederationError(code ?? "server_error", text);
}

const mostOfError = 300;

/** Of the characters that RFC 6749, 4.1.2.1, has for errors, and not without end. */
export function errorText(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return (
    value
      .replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, " ")
      .slice(0, mostOfError)
      .trim() || undefined
  );
}

function objectOf(text: string): JsonClaims | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

async function clientSecretOf({ log }: Means, provider: OidcProvider, now: number): Promise<string | undefined> {
  const { type, details, name } = provider;
  if (type !== "SignInWithApple") return details.client_secret;
  try {
    return await appleClientSecret(details, now);
  } catch {
    // What is wrong with the key must not tell of the key.
    log.warn("the private key of an identity provider cannot be used", { providerName: name });
    // The text is ours.
    throw new FederationError("server_error", `${name} Error - the private key cannot be used`);
  }
}

const apple = "https://appleid.apple.com";

/** Apple's documentation, "Creating a client secret". It is for this one exchange. */
function appleClientSecret({ team_id, key_id = "", client_id, private_key = "" }: StringMap, now: number) {
  const iat = Math.floor(now / 1000);
  const der = Buffer.from(private_key.replace(/-----[A-Z ]+-----/g, ""), "base64");
  const { privateKey } = decodePrivateKey(der);
  const claims = { iss: team_id, iat, exp: iat + 300, aud: apple, sub: client_id };
  return signToken(claims, { privateKey, keyId: key_id, algorithm: "ES256" });
}
