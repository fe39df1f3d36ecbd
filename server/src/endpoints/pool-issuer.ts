import { discovery } from "../services/cognito/sessions/discovery.ts";
import type { Environment } from "../services/operation.ts";
import { type Endpoint, type HttpResponse, json, plain } from "./http.ts";

const documentPath = /^\/([\w-]{1,55})\/\.well-known\/(?:openid-configuration|jwks\.json)$/;
const keySetEnd = "/.well-known/jwks.json";

/** Any page may read what says nothing but public keys; AWS says the same of how long it may be kept. */
const headers: readonly string[] = [
  "content-type",
  "application/json",
  "cache-control",
  "public, max-age=86400",
  "access-control-allow-origin",
  "*",
];

/** What user pools publish as issuers of tokens, each at its own path, as on AWS. */
export function poolIssuerEndpoint(environment: Environment): {
  handles: (path: string) => boolean;
  endpoint: Endpoint;
} {
  const { tokenKeys, clock } = environment;
  return {
    handles: (path) => path.includes("/.well-known/", 1) && documentPath.test(path),
    endpoint(request): HttpResponse | Promise<HttpResponse> {
      if (request.method !== "GET") return plain(405, "Method not allowed\n", ["allow", "GET"]);
      const poolId = request.path.slice(1, request.path.indexOf("/", 1));
      if (!request.path.endsWith(keySetEnd)) {
        const facts = { host: request.headers.get("host"), secureTransport: request.secure };
        return discovery(environment, facts, poolId).then(answer(poolId));
      }
      const keySet = tokenKeys.keySet(poolId, clock.now());
      return typeof keySet === "string" ? { status: 200, headers, body: keySet } : keySet.then(answer(poolId));
    },
  };
}

function answer(poolId: string): (body: string | undefined) => HttpResponse {
  // The text is ours.
  return (body) =>
    body === undefined ? json(404, { message: `User pool ${poolId} does not exist.` }) : { status: 200, headers, body };
}
