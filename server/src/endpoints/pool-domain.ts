import { rootOf } from "../access/authenticate.ts";
import { partitionOf } from "../access/caller.ts";
import { AuthorizationError } from "../services/cognito/authorization/authorization-error.ts";
import { findPoolAddress, issuerHostOf, type PoolAddress } from "../services/cognito/domains/pool-address.ts";
import { countryHeader } from "../services/cognito/risk/origin.ts";
import type { Environment, RequestFacts } from "../services/operation.ts";
import { cookieIn, formOf } from "./browser-input.ts";
import type { HttpRequest, HttpResponse } from "./http.ts";
import { plain } from "./http.ts";
import { auditRequest } from "./pool-audit.ts";
import { failurePage, redirect } from "./pool-pages.ts";
import { isPoolPath, poolRoutes } from "./pool-routes.ts";

/** What an endpoint of a pool's domain knows of its request. */
export interface PoolRequest {
  readonly http: HttpRequest;
  readonly facts: RequestFacts;
  readonly address: PoolAddress;
  readonly query: URLSearchParams;
  /** The body, where it is a form; else empty. */
  readonly form: URLSearchParams;
  readonly now: number;
  cookie(name: string): string | undefined;
}

export type PoolEndpoint = (request: PoolRequest) => Promise<HttpResponse>;

const pathPrefix = "/pools/";

/**
 * What a pool serves on its domain: by Host, or by path at any host. Undefined for paths that are nothing of the kind, so that
 * whatever else this server has there can answer.
 */
export function poolDomain(environment: Environment): (request: HttpRequest) => Promise<HttpResponse> | undefined {
  const endpoints = new Map<string, Promise<PoolEndpoint>>();
  const endpointOf = (route: string) => {
    let endpoint = endpoints.get(route);
    if (endpoint === undefined) {
      endpoint = poolRoutes[route]?.(environment);
      if (endpoint !== undefined) endpoints.set(route, endpoint);
    }
    return endpoint;
  };
  return (http) => {
    if (!http.path.startsWith(pathPrefix) && !isPoolPath(http.path)) return undefined;
    return answer(environment, http, endpointOf);
  };
}

async function answer(
  environment: Environment,
  http: HttpRequest,
  endpointOf: (route: string) => Promise<PoolEndpoint> | undefined,
): Promise<HttpResponse> {
  const address = await addressOf(environment, http);
  if (address === undefined) return plain(404, "Not found\n");
  const requestId = environment.random.uuid();
  const endpoint = await endpointOf(`${http.method} ${address.path}`);
  if (endpoint === undefined) return withHeaders(absent(http.method, address.path), requestId, address);
  const query = new URLSearchParams(http.query);
  const form = formOf(http);
  const response =
    form === undefined
      ? plain(413, "Request too large\n")
      : await perform(environment, endpoint, {
          http,
          facts: factsOf(http, address, requestId),
          address,
          query,
          form,
          now: environment.clock.now(),
          cookie: (name) => cookieIn(http.headers.get("cookie"), name),
        });
  const { status } = response;
  auditRequest(environment, { http, requestId, address, query, form: form ?? new URLSearchParams(), status });
  return withHeaders(response, requestId, address);
}

/** Nobody signs these requests: they are the pool's own. */
function factsOf(http: HttpRequest, address: PoolAddress, requestId: string): RequestFacts {
  const { account_id, region } = address.context.pool;
  return {
    caller: rootOf(account_id, partitionOf(region)),
    region,
    requestId,
    sourceIp: http.remoteAddress,
    userAgent: http.headers.get("user-agent"),
    secureTransport: http.secure,
    host: issuerHostOf(address, http.headers.get("host")),
    country: http.headers.get(countryHeader),
  };
}

/** Links in messages lead to this server's own address, which is no pool's. */
async function addressOf(environment: Environment, http: HttpRequest): Promise<PoolAddress | undefined> {
  const asked = { host: http.headers.get("host"), secureTransport: http.secure };
  const address = await findPoolAddress(environment, asked, http.path);
  if (address !== undefined || http.path !== "/confirmUser") return address;
  const { poolOfLink } = await import("../services/cognito/managed-login/confirm-link.ts");
  const poolId = await poolOfLink(environment, new URLSearchParams(http.query).get("client_id") ?? "");
  return poolId === undefined ? undefined : findPoolAddress(environment, asked, pathPrefix + poolId + http.path);
}

function absent(method: string, path: string): HttpResponse {
  const allowed = ["GET", "POST"].filter((other) => poolRoutes[`${other} ${path}`] !== undefined);
  if (allowed.length === 0) return plain(404, "Not found\n");
  return method === "OPTIONS" && forApps.has(path)
    ? preflight(allowed)
    : plain(405, "Method not allowed\n", ["allow", allowed.join(", ")]);
}

/** What apps in browsers call from their own pages, by scripts. */
const forApps: ReadonlySet<string> = new Set(["/oauth2/token", "/oauth2/userInfo", "/oauth2/revoke"]);

function preflight(allowed: readonly string[]): HttpResponse {
  return {
    status: 200,
    headers: [
      "access-control-allow-origin",
      "*",
      "access-control-allow-methods",
      allowed.join(", "),
      "access-control-allow-headers",
      "authorization, content-type, x-amz-user-agent",
      "access-control-max-age",
      "172800",
    ],
    body: "",
  };
}

async function perform(environment: Environment, endpoint: PoolEndpoint, request: PoolRequest): Promise<HttpResponse> {
  try {
    return await endpoint(request);
  } catch (error) {
    if (error instanceof AuthorizationError) {
      if (error.location !== undefined) return redirect(error.location);
      return (await import("./managed-login/view.ts")).showError(request, error);
    }
    return failurePage(environment, error, request.facts.requestId);
  }
}

/**
 * On every answer, as AWS has them (developer guide, "userInfo endpoint", the sample). Codes and tokens are in these
 * answers, so nobody keeps them, shows them in a frame, or learns of them from a Referer.
 */
function withHeaders(response: HttpResponse, requestId: string, { base }: PoolAddress): HttpResponse {
  const own = new Set(response.headers.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()));
  const headers = [...response.headers, "x-amz-cognito-request-id", requestId];
  for (const [name, value] of Object.entries(defaults)) if (!own.has(name)) headers.push(name, value);
  if (!own.has("cache-control")) headers.push(...uncached);
  if (base.startsWith("https:")) headers.push("strict-transport-security", "max-age=31536000; includeSubDomains");
  return { ...response, headers };
}

const uncached = [
  ...["cache-control", "no-cache, no-store, max-age=0, must-revalidate"],
  ...["pragma", "no-cache"],
  ...["expires", "0"],
];

const defaults: Readonly<Record<string, string>> = {
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};
