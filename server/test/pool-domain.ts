/** A pool's domain as browsers and apps meet it, in process: requests by Host, cookies kept, redirects not followed. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  CreateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { HttpRequest } from "../src/endpoints/http.ts";
import { type BrowserSession, browserSessionCookie } from "../src/services/cognito/authorization/browser-session.ts";
import { findPoolAddress } from "../src/services/cognito/domains/pool-address.ts";
import type { Harness } from "./harness.ts";
import { createClient, createPool, createUser } from "./pool-users.ts";

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Where a redirect leads. */
  readonly location: URL;
  /** The body as JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Asking {
  readonly query?: Readonly<Record<string, string>> | URLSearchParams | undefined;
  readonly form?: Readonly<Record<string, string>> | URLSearchParams | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a browser or an app asks of one host. Cookies that are set are sent from then on, to their paths. */
export class DomainVisitor {
  readonly #h: Harness;
  readonly host: string;
  readonly #secure: boolean;
  readonly #cookies = new Map<string, { value: string; path: string }>();

  constructor(h: Harness, host: string, { secure = false } = {}) {
    this.#h = h;
    this.host = host;
    this.#secure = secure;
  }

  get(path: string, asking: Asking = {}): Promise<Answer> {
    return this.#ask("GET", path, asking);
  }

  post(path: string, asking: Asking = {}): Promise<Answer> {
    return this.#ask("POST", path, asking);
  }

  ask(method: string, path: string, asking: Asking = {}): Promise<Answer> {
    return this.#ask(method, path, asking);
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)?.value;
  }

  /** As a Set-Cookie header says. */
  keep(setCookie: string): void {
    const [pair = "", ...attributes] = setCookie.split("; ");
    const name = pair.slice(0, pair.indexOf("="));
    const path = attributes.find((attribute) => attribute.startsWith("Path="))?.slice("Path=".length) ?? "/";
    if (attributes.includes("Max-Age=0")) this.#cookies.delete(name);
    else this.#cookies.set(name, { value: pair.slice(name.length + 1), path });
  }

  async #ask(method: string, path: string, { query = {}, form, headers = {} }: Asking): Promise<Answer> {
    const sent = [...this.#cookies].filter(([, cookie]) => path.startsWith(cookie.path));
    const all = new Map<string, string>([["host", this.host]]);
    if (sent.length > 0) all.set("cookie", sent.map(([name, { value }]) => `${name}=${value}`).join("; "));
    if (form !== undefined) all.set("content-type", "application/x-www-form-urlencoded");
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    const request: Partial<HttpRequest> = {
      method,
      path,
      query: new URLSearchParams(query).toString(),
      headers: all,
      body: form === undefined ? new Uint8Array(0) : Buffer.from(new URLSearchParams(form).toString()),
      secure: this.#secure,
    };
    const answer = await this.#h.send(request);
    const named = new Map<string, string>();
    for (let at = 0; at < answer.headers.length; at += 2) {
      const [name = "", value = ""] = answer.headers.slice(at, at + 2);
      if (name === "set-cookie") this.keep(value);
      named.set(name, value);
    }
    const base = `${this.#secure ? "https" : "http"}://${this.host}`;
    return {
      status: answer.status,
      headers: named,
      body: answer.body,
      get location() {
        const location = named.get("location");
        assert.ok(location !== undefined, `no redirect but ${answer.status}: ${answer.body}`);
        return new URL(location, base);
      },
      get json() {
        return JSON.parse(answer.body);
      },
    };
  }
}

export const callback = "https://app.example.com/callback";
export const allScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

export interface OnDomain {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly ClientSecret: string | undefined;
  readonly sub: string;
  readonly domain: string;
  readonly host: string;
}

let domains = 0;

/** A pool with a domain, `{domain}.localhost:4566`, a client of the code flow, and a user, `somebody`. */
export async function poolOnDomain(
  h: Harness,
  {
    pool = {},
    client = {},
    user = {},
  }: {
    readonly pool?: Partial<CreateUserPoolCommandInput>;
    readonly client?: Partial<CreateUserPoolClientCommandInput>;
    readonly user?: Readonly<Record<string, string>>;
  } = {},
): Promise<OnDomain> {
  const UserPoolId = await createPool(h, pool);
  const domain = `auth${++domains}`;
  await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: domain }));
  const made = await createClient(h, UserPoolId, {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: allScopes,
    CallbackURLs: [callback],
    ...client,
  });
  const { Attributes = [] } = await createUser(h, UserPoolId, "somebody", { attributes: user });
  const sub = Attributes.find(({ Name }) => Name === "sub")?.Value ?? "";
  return { UserPoolId, ...made, sub, domain, host: `${domain}.localhost:4566` };
}

/** A browser at the pool's domain whose user has just signed in there. */
export async function signedInBrowser(
  h: Harness,
  it: OnDomain,
  session: Partial<BrowserSession> = {},
): Promise<DomainVisitor> {
  const browser = new DomainVisitor(h, it.host);
  const address = await findPoolAddress(h.environment, { host: it.host, secureTransport: false }, "/");
  assert.ok(address !== undefined);
  const now = h.clock.now();
  // Who signs out in the same moment is signed out, and users of tests are made in it.
  const whole = { userId: it.sub, poolId: it.UserPoolId, clientId: it.ClientId, authTime: now, ...session };
  browser.keep(await browserSessionCookie(h.environment, address, whole, now));
  return browser;
}

/** What every request of the code flow says. */
export function codeRequest(it: OnDomain, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { response_type: "code", client_id: it.ClientId, redirect_uri: callback, ...more };
}

export const verifier = "a-verifier-of-43-characters-or-more-12345678";
export const challenge = createHash("sha256").update(verifier).digest("base64url");

/** The code that a signed-in browser brings the app. */
export async function codeFor(
  browser: DomainVisitor,
  it: OnDomain,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { location } = await browser.get("/oauth2/authorize", { query: codeRequest(it, more) });
  const code = location.searchParams.get("code");
  assert.ok(code !== null, location.href);
  return code;
}

/** What an app posts for a code. */
export function codeForm(
  it: OnDomain,
  code: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return { grant_type: "authorization_code", client_id: it.ClientId, redirect_uri: callback, code, ...more };
}

/** The tokens of a sign-in by the code flow. */
export async function tokensFor(
  browser: DomainVisitor,
  it: OnDomain,
  more: Readonly<Record<string, string>> = {},
): Promise<{ id_token: string; access_token: string; refresh_token: string }> {
  const answer = await browser.post("/oauth2/token", { form: codeForm(it, await codeFor(browser, it, more)) });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body);
}
