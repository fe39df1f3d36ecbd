import { FetchError } from "../../../runtime/fetch-error.ts";
import { fetchPublic } from "../../../runtime/fetch-public.ts";
import type { StringMap } from "../../../store/identity-providers.ts";
import type { Call } from "../../operation.ts";

/** A provider type that is not SAML: what it must be told, what it need not be, and who its users are to it. */
interface OAuthProviderType {
  readonly required: readonly string[];
  /** What AWS says where one of those is missing (measured 2026-09). */
  readonly missing: string;
  /** The attribute that makes the username, unless the mapping says another. */
  readonly username: string;
  endpoints(given: StringMap): StringMap;
}

const clientCredentials = ["client_id", "client_secret", "authorize_scopes"];
const missingCredentials = "clientId, clientSecret and authorizeScopes are all required idp details.";

/** Endpoints as in CreateIdentityProvider's page of the API reference. */
export const oauthProviderTypes: ReadonlyMap<string, OAuthProviderType> = new Map<string, OAuthProviderType>([
  [
    "Google",
    {
      required: clientCredentials,
      missing: missingCredentials,
      username: "sub",
      endpoints: () => ({
        attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
        attributes_url_add_attributes: "true",
        authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
        oidc_issuer: "https://accounts.google.com",
        token_request_method: "POST",
        token_url: "https://www.googleapis.com/oauth2/v4/token",
      }),
    },
  ],
  [
    "Facebook",
    {
      required: clientCredentials,
      missing: missingCredentials,
      username: "id",
      endpoints: ({ api_version = "v17.0" }) => ({
        api_version,
        attributes_url: `https://graph.facebook.com/${api_version}/me?fields=`,
        attributes_url_add_attributes: "true",
        authorize_url: `https://www.facebook.com/${api_version}/dialog/oauth`,
        token_request_method: "GET",
        token_url: `https://graph.facebook.com/${api_version}/oauth/access_token`,
      }),
    },
  ],
  [
    "LoginWithAmazon",
    {
      required: clientCredentials,
      missing: missingCredentials,
      username: "user_id",
      endpoints: () => ({
        attributes_url: "https://api.amazon.com/user/profile",
        attributes_url_add_attributes: "false",
        authorize_url: "https://www.amazon.com/ap/oa",
        token_request_method: "POST",
        token_url: "https://api.amazon.com/auth/o2/token",
      }),
    },
  ],
  [
    "SignInWithApple",
    {
      required: ["client_id", "private_key", "team_id", "key_id"],
      missing: "clientId, privateKey, teamId, and keyId are all required idp details.",
      username: "sub",
      endpoints: () => ({
        attributes_url_add_attributes: "false",
        authorize_url: "https://appleid.apple.com/auth/authorize",
        oidc_issuer: "https://appleid.apple.com",
        token_request_method: "POST",
        token_url: "https://appleid.apple.com/auth/token",
      }),
    },
  ],
  [
    "OIDC",
    {
      required: ["client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"],
      missing: "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.",
      username: "sub",
      endpoints: () => ({ attributes_url_add_attributes: "false" }),
    },
  ],
]);

const bounds = { timeoutMs: 5_000, bytes: 65_536 };

/** ProviderDetails as they are kept. Fetches where endpoints are to be discovered, so never in a transaction. */
export async function oauthDetails(call: Call, type: string, given: StringMap): Promise<StringMap> {
  const known = oauthProviderTypes.get(type);
  if (known === undefined) throw new TypeError(`${type} is no OAuth provider`);
  if (known.required.some((name) => !given[name]?.trim())) call.fail("InvalidParameterException", known.missing);
  const details = { ...given, ...known.endpoints(given) };
  return type === "OIDC" ? discovered(call, details) : details;
}

/** Where each endpoint is kept, and what the discovery document (OpenID Connect Discovery, 3) calls it. */
const discoveredNames = {
  attributes_url: "userinfo_endpoint",
  authorize_url: "authorization_endpoint",
  jwks_uri: "jwks_uri",
  token_url: "token_endpoint",
} as const;

async function discovered(call: Call, details: StringMap): Promise<StringMap> {
  const { oidc_issuer: issuer = "", attributes_request_method: method = "" } = details;
  if (method !== "GET" && method !== "POST") {
    // Measured 2026-09, but for the name of the member, which is ours.
    call.fail(
      "InvalidParameterException",
      `1 validation error detected: Value '${method}' at 'attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]`,
    );
  }
  for (const name of ["oidc_issuer", ...Object.keys(discoveredNames)]) {
    const value = details[name];
    if (value !== undefined && !isEndpoint(call, value)) {
      // Measured 2026-09.
      call.fail("InvalidParameterException", "OIDC endpoint must start with https://");
    }
  }
  if (Object.keys(discoveredNames).every((name) => details[name])) return details;
  const document = await fetchDiscovery(call, issuer);
  const found = Object.entries(discoveredNames).map(([name, member]): [string, string] => {
    const given = details[name];
    const value = given || document[member];
    if (typeof value !== "string" || !isEndpoint(call, value)) return unusable(call);
    return [name, value];
  });
  return { ...details, ...Object.fromEntries(found) };
}

/** On this machine, as in tests of federation, there may be no TLS. */
function isEndpoint(call: Call, text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && call.environment.issuerKeys.isLoopback(host));
}

async function fetchDiscovery(call: Call, issuer: string): Promise<Readonly<Record<string, unknown>>> {
  const url = new URL(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
  const { issuerKeys } = call.environment;
  let body: string;
  try {
    const answer = await fetchPublic(url, { ...bounds, ...issuerKeys.allowedAt(url) });
    if (answer.status !== 200) return unusable(call);
    body = answer.body;
  } catch (error) {
    if (error instanceof FetchError) return unusable(call);
    throw error;
  }
  const document = parsed(body);
  return document ?? unusable(call);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** AWS's, reported 2024 and 2026. */
function unusable(call: Call): never {
  return call.fail("InvalidParameterException", "Unable to contact well-known endpoint");
}
