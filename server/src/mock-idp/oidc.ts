import { createHash } from "node:crypto";
import { equalDigests, sha256 } from "../crypto/digest.ts";
import { publicJwk, signToken } from "../crypto/jwt.ts";
import { BoundedMap, requireShort } from "./bounded-map.ts";
import {
  formOf,
  json,
  type MockRequest,
  type MockResponse,
  type MockRoutes,
  Refused,
  redirect,
  withParameters,
} from "./http.ts";
import type { MockKey } from "./keys.ts";
import type { MockIdp } from "./mock-idp.ts";
import { html, page, signInPage } from "./page.ts";
import { randomId } from "./session.ts";
import { type AttributeValue, type MockUser, userNamed } from "./users.ts";

/** OpenID Connect Core, 3.1.2.1, as far as it is remembered. */
interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
}

/** What a code is exchanged for. */
interface Grant extends AuthorizationRequest {
  readonly user: MockUser;
  /** Milliseconds since the epoch. */
  readonly authenticatedAt: number;
  readonly faults: ReadonlySet<string>;
  /** Once the code has been used. */
  accessToken?: string;
}

/** Faults on request, for finding out what a relying party does about them. */
const oidcFaults = {
  "wrong-audience": "An ID token for another client",
  "wrong-issuer": "An ID token of another issuer",
  "wrong-nonce": "An ID token with another nonce",
  "wrong-key": "An ID token signed with a key that is not in the key set",
  expired: "An ID token that ended ten minutes ago",
  tampered: "An ID token changed after signing",
  "wrong-subject": "A userinfo answer about somebody else",
  "wrong-state": "Another state",
} as const;

const mostEntries = 1_000;
const pendingFor = 900_000;
const codeFor = 300_000;
const tokenFor = 3_600_000;
const emailClaims: ReadonlySet<string> = new Set(["email", "email_verified"]);
const phoneClaims: ReadonlySet<string> = new Set(["phone_number", "phone_number_verified"]);

export function oidcRoutes(idp: MockIdp): MockRoutes {
  const endpoints = new Oidc(idp);
  return {
    "GET /.well-known/openid-configuration": () => endpoints.configuration(),
    "GET /oidc/jwks": () => endpoints.keySet(),
    "GET /oidc/authorize": (request) => endpoints.authorize(request, new URLSearchParams(request.query)),
    "POST /oidc/authorize": (request) => endpoints.authorize(request, formOf(request)),
    "POST /oidc/sign-in": (request) => endpoints.answer(request),
    "POST /oidc/token": (request) => endpoints.token(request),
    "GET /oidc/userinfo": (request) => endpoints.userinfo(request),
    "POST /oidc/userinfo": (request) => endpoints.userinfo(request),
    "GET /oidc/logout": (request) => endpoints.logout(request, new URLSearchParams(request.query)),
    "POST /oidc/logout": (request) => endpoints.logout(request, formOf(request)),
  };
}

class Oidc {
  readonly #idp: MockIdp;
  readonly #pending = new BoundedMap<AuthorizationRequest>(mostEntries, pendingFor);
  readonly #codes = new BoundedMap<Grant>(mostEntries, codeFor);
  readonly #tokens = new BoundedMap<Grant>(mostEntries, tokenFor);

  constructor(idp: MockIdp) {
    this.#idp = idp;
  }

  /** OpenID Connect Discovery, 3. */
  configuration(): MockResponse {
    const { baseUrl } = this.#idp;
    return json(200, {
      issuer: baseUrl,
      authorization_endpoint: `${baseUrl}/oidc/authorize`,
      token_endpoint: `${baseUrl}/oidc/token`,
      userinfo_endpoint: `${baseUrl}/oidc/userinfo`,
      jwks_uri: `${baseUrl}/oidc/jwks`,
      end_session_endpoint: `${baseUrl}/oidc/logout`,
      scopes_supported: ["openid", "profile", "email", "phone"],
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: ["authorization_code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      code_challenge_methods_supported: ["S256"],
    });
  }

  async keySet(): Promise<MockResponse> {
    const { publicKey, keyId } = await this.#idp.keys.get("current");
    return json(200, { keys: [{ ...publicJwk(publicKey), kid: keyId, use: "sig", alg: "RS256" }] });
  }

  async authorize(http: MockRequest, query: URLSearchParams): Promise<MockResponse> {
    const { client, targets, sessions, users, clock, random, signIn } = this.#idp;
    // RFC 6749, 4.1.2.1: what concerns the client or where it is goes to nobody but the user.
    if (query.get("client_id") !== client.id) throw new Refused("The client_id is not known.");
    const redirectUri = query.get("redirect_uri") ?? undefined;
    if (!targets.allows(redirectUri)) {
      throw new Refused("The redirect_uri is not on this machine, and no --allow-origin names it.");
    }
    const state = query.get("state") ?? undefined;
    const fail = (error: string, description: string) => this.#failure({ redirectUri, state }, error, description);
    const twice = [...new Set(query.keys())].find((name) => query.getAll(name).length > 1);
    // RFC 6749, 3.1.
    if (twice !== undefined) return fail("invalid_request", `${printable(twice)} is there more than once`);
    if (query.get("response_type") !== "code") return fail("unsupported_response_type", "response_type must be code");
    const mode = query.get("response_mode") ?? "query";
    if (mode !== "query") return fail("invalid_request", "response_mode must be query");
    const scopes = (query.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
    if (!scopes.includes("openid")) return fail("invalid_scope", "scope must hold openid");
    const codeChallenge = query.get("code_challenge") ?? undefined;
    const method = query.get("code_challenge_method");
    if (codeChallenge === undefined ? method !== null : method !== "S256" || !/^[\w-]{43}$/.test(codeChallenge)) {
      return fail("invalid_request", "code_challenge must be one of S256");
    }
    const request = { redirectUri, state, scopes, nonce: query.get("nonce") ?? undefined, codeChallenge };
    requireShort(request);
    const session = sessions.find(http);
    const prompts = (query.get("prompt") ?? "").split(" ");
    if (prompts.includes("none")) {
      return session === undefined
        ? fail("login_required", "nobody is signed in")
        : this.#grant(http, request, session.user, new Set());
    }
    const automatic = signIn === undefined ? undefined : userNamed(users, signIn);
    if (automatic !== undefined) return this.#grant(http, request, automatic, new Set());
    const requestId = randomId(random);
    this.#pending.set(requestId, request, clock.now());
    return signInPage({
      action: "/oidc/sign-in",
      requestId,
      asks: [
        `The client ${client.id} asks by OpenID Connect, for ${scopes.join(", ")}.`,
        `The answer goes to ${redirectUri}.`,
        codeChallenge === undefined ? "It does not use PKCE." : "It uses PKCE.",
      ],
      usernames: users.map(({ username }) => username),
      hint: query.get("login_hint") ?? session?.user.username,
      alternatives: [],
      faults: Object.entries(oidcFaults).map(([name, label]) => ({ name, label })),
    });
  }

  /** What the page was told. */
  async answer(http: MockRequest): Promise<MockResponse> {
    const form = formOf(http);
    const request = this.#pending.take(form.get("request") ?? "", this.#idp.clock.now());
    if (request === undefined) throw new Refused("This sign-in is over, or was never begun.");
    if (form.has("refuse")) return this.#failure(request, "access_denied", "the user refused");
    const user = userNamed(this.#idp.users, form.get("user") ?? form.get("name") ?? "");
    if (user === undefined) throw new Refused("This is no name.");
    return this.#grant(http, request, user, new Set(Object.keys(oidcFaults).filter((fault) => form.has(fault))));
  }

  #grant(http: MockRequest, request: AuthorizationRequest, user: MockUser, faults: ReadonlySet<string>): MockResponse {
    const { clock, random, sessions, baseUrl } = this.#idp;
    const { session, headers } = sessions.begin(http, user);
    const code = randomId(random);
    this.#codes.set(code, { ...request, user, authenticatedAt: session.authenticatedAt, faults }, clock.now());
    const state = faults.has("wrong-state") ? "another-state" : request.state;
    // RFC 9207, 2: which of several issuers has answered.
    return redirect(withParameters(request.redirectUri, { code, state, iss: baseUrl }), headers);
  }

  #failure(
    { redirectUri, state }: Pick<AuthorizationRequest, "redirectUri" | "state">,
    error: string,
    error_description: string,
  ): MockResponse {
    return redirect(withParameters(redirectUri, { error, error_description, state, iss: this.#idp.baseUrl }));
  }

  async token(http: MockRequest): Promise<MockResponse> {
    const form = formOf(http);
    const isBasic = http.headers.get("authorization") !== undefined;
    if (!this.#isClient(http, form)) {
      const challenge = isBasic ? ["www-authenticate", 'Basic realm="mock-idp"'] : [];
      return json(401, { error: "invalid_client" }, challenge);
    }
    const refuse = (error: string, error_description: string) => json(400, { error, error_description });
    if (form.get("grant_type") !== "authorization_code") {
      return refuse("unsupported_grant_type", "grant_type must be authorization_code");
    }
    const { clock, random } = this.#idp;
    const now = clock.now();
    const grant = this.#codes.get(form.get("code") ?? "", now);
    if (grant === undefined) return refuse("invalid_grant", "the code is unknown or over");
    if (grant.accessToken !== undefined) {
      // RFC 6749, 4.1.2: two use it, and one of them has stolen it.
      this.#tokens.delete(grant.accessToken);
      return refuse("invalid_grant", "the code has been used");
    }
    grant.accessToken = randomId(random);
    if (form.get("redirect_uri") !== grant.redirectUri) return refuse("invalid_grant", "the redirect_uri is another");
    if (!isChallenge(grant.codeChallenge, form.get("code_verifier") ?? undefined)) {
      return refuse("invalid_grant", "the code_verifier is not that of the code_challenge");
    }
    this.#tokens.set(grant.accessToken, grant, now);
    return json(200, {
      access_token: grant.accessToken,
      token_type: "Bearer",
      expires_in: tokenFor / 1000,
      scope: grant.scopes.join(" "),
      id_token: await this.#idToken(grant, now),
    });
  }

  /** RFC 6749, 2.3.1: by HTTP Basic, form-encoded first, or in the form; not both. */
  #isClient({ headers }: MockRequest, form: URLSearchParams): boolean {
    const { client } = this.#idp;
    const [, basic] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(headers.get("authorization") ?? "") ?? [];
    if (basic === undefined) {
      return (
        headers.get("authorization") === undefined && isSame(client, form.get("client_id"), form.get("client_secret"))
      );
    }
    if (form.has("client_secret")) return false;
    const text = Buffer.from(basic, "base64").toString();
    const colon = text.indexOf(":");
    return colon !== -1 && isSame(client, formDecoded(text.slice(0, colon)), formDecoded(text.slice(colon + 1)));
  }

  async #idToken(grant: Grant, now: number): Promise<string> {
    const { baseUrl, client, keys } = this.#idp;
    const { faults, user, nonce, scopes } = grant;
    const issuedAt = Math.floor(now / 1000) - (faults.has("expired") ? 4_200 : 0);
    const key: MockKey = await keys.get(faults.has("wrong-key") ? "next" : "current");
    const claims = {
      ...claimsOf(user, scopes),
      iss: faults.has("wrong-issuer") ? "https://elsewhere.example.com" : baseUrl,
      sub: user.username,
      aud: faults.has("wrong-audience") ? "another-client" : client.id,
      iat: issuedAt,
      exp: issuedAt + 3_600,
      auth_time: Math.floor(grant.authenticatedAt / 1000),
      ...(faults.has("wrong-nonce") ? { nonce: "another-nonce" } : nonce === undefined ? {} : { nonce }),
    };
    const { keyId } = await keys.get("current");
    const token = await signToken(claims, { privateKey: key.privateKey, keyId, algorithm: "RS256" });
    if (!faults.has("tampered")) return token;
    const [header, , signature] = token.split(".");
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: "somebody-else" })).toString("base64url");
    return `${header}.${changed}.${signature}`;
  }

  userinfo(http: MockRequest): MockResponse {
    const [, header] = /^Bearer +([\w.~+/-]+=*)$/i.exec(http.headers.get("authorization") ?? "") ?? [];
    const token = header ?? (http.method === "POST" ? formOf(http).get("access_token") : null) ?? "";
    const grant = this.#tokens.get(token, this.#idp.clock.now());
    // RFC 6750, 3.
    if (grant === undefined) {
      return json(401, { error: "invalid_token" }, ["www-authenticate", 'Bearer error="invalid_token"']);
    }
    const { user, scopes, faults } = grant;
    return json(200, { ...claimsOf(user, scopes), sub: faults.has("wrong-subject") ? "somebody-else" : user.username });
  }

  /** OpenID Connect RP-Initiated Logout, 2. */
  logout(http: MockRequest, query: URLSearchParams): MockResponse {
    const session = this.#idp.sessions.find(http);
    if (session !== undefined) this.#idp.sessions.end(session);
    const target = query.get("post_logout_redirect_uri") ?? undefined;
    if (target === undefined) return page(200, "Signed out", html`<p><a href="/">Start page</a></p>`);
    if (!this.#idp.targets.allows(target)) {
      throw new Refused(
        "Signed out. The post_logout_redirect_uri is not on this machine, and no --allow-origin names it.",
      );
    }
    return redirect(withParameters(target, { state: query.get("state") ?? undefined }));
  }
}

/** OpenID Connect Core, 5.4; whatever is no claim of another scope belongs to `profile`. */
function claimsOf({ attributes }: MockUser, scopes: readonly string[]): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) =>
      scopes.includes(emailClaims.has(name) ? "email" : phoneClaims.has(name) ? "phone" : "profile"),
    ),
  );
}

/** RFC 7636, 4.6. A verifier without a challenge is as wrong as the other way round. */
function isChallenge(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  return equalDigests(createHash("sha256").update(verifier).digest(), Buffer.from(challenge, "base64url"));
}

function isSame(client: MockIdp["client"], id: string | null, secret: string | null): boolean {
  // Digests, so that not even a length is told.
  const given = Buffer.from(sha256(JSON.stringify([id, secret])));
  return equalDigests(given, Buffer.from(sha256(JSON.stringify([client.id, client.secret]))));
}

function formDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}

/** RFC 6749, 4.1.2.1: what an error_description may hold. */
function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "?").slice(0, 64);
}
