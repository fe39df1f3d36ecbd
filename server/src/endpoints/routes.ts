import type { Environment } from "../services/operation.ts";
import { awsEndpoint, type NotImplementedCounts } from "./aws/endpoint.ts";
import { type Control, controlEndpoints } from "./control.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { type Endpoint, plain } from "./http.ts";
import { outboundIssuerEndpoint } from "./outbound-issuer.ts";
import { poolDomain } from "./pool-domain.ts";
import { poolIssuerEndpoint } from "./pool-issuer.ts";
import { rolesAnywhereEndpoint } from "./roles-anywhere.ts";
import { importsPrefix, userImportsEndpoint } from "./user-imports.ts";

/** The one table from method and path to endpoint. What AWS clients send goes to `/`, but for IAM Roles Anywhere. */
export function routes(environment: Environment, control: Control): Endpoint {
  const notImplemented: NotImplementedCounts = new Map();
  const aws = withCors(awsEndpoint(environment, notImplemented));
  const { health, reset, clock, exchangeToken, outbox, certificates, importFailures } = controlEndpoints(
    environment,
    control,
    notImplemented,
  );
  const issuers = outboundIssuerEndpoint(environment);
  const poolIssuers = poolIssuerEndpoint(environment);
  const imports = userImportsEndpoint(environment);
  const domains = poolDomain(environment);
  const table = new Map<string, Endpoint>([
    ["POST /", aws],
    ["GET /", (request) => (request.query === "" ? plain(200, welcome) : aws(request))],
    ["OPTIONS /", preflight],
    ["POST /sessions", rolesAnywhereEndpoint(environment)],
    ["GET /_countersign/health", health],
    ["POST /_countersign/reset", reset],
    ["POST /_countersign/clock", clock],
    ["GET /_countersign/exchange-token", exchangeToken],
    ["GET /_countersign/outbox", outbox],
    ["GET /_countersign/certificates", certificates],
  ]);
  const paths = new Map<string, string[]>();
  for (const route of table.keys()) {
    const [method = "", path = ""] = route.split(" ");
    paths.set(path, [...(paths.get(path) ?? []), method]);
  }
  return (request) => {
    const endpoint = table.get(`${request.method} ${request.path}`);
    if (endpoint !== undefined) return endpoint(request);
    const ofDomain = domains(request);
    if (ofDomain !== undefined) return ofDomain;
    if (poolIssuers.handles(request.path)) return poolIssuers.endpoint(request);
    if (request.path.startsWith(importsPrefix)) {
      if (request.method === "PUT") return imports(request);
      return request.method === "GET"
        ? importFailures(request)
        : plain(405, "Method not allowed\n", ["allow", "GET, PUT"]);
    }
    if (request.path.startsWith(issuers.prefix)) return issuers.endpoint(request);
    const allowed = paths.get(request.path);
    return allowed === undefined
      ? plain(404, "Not found\n")
      : plain(405, "Method not allowed\n", ["allow", allowed.join(", ")]);
  };
}

const welcome = "Countersign is running. Point AWS_ENDPOINT_URL here.\n";

/** Browsers call the unsigned user-pool operations from any page, as they call AWS's. */
function withCors(endpoint: Endpoint): Endpoint {
  return (request) => {
    if (request.headers.get("origin") === undefined) return endpoint(request);
    return Promise.resolve(endpoint(request)).then((response) => ({
      ...response,
      headers: [...response.headers, ...corsHeaders],
    }));
  };
}
