import type { Environment } from "../services/operation.ts";
import { outboundPath } from "../services/outbound-path.ts";
import { type Endpoint, json, plain } from "./http.ts";

/** What accounts publish as issuers of web identity tokens: for everybody, and unsigned, as these keys are no secret. */
export function outboundIssuerEndpoint(environment: Environment): { prefix: string; endpoint: Endpoint } {
  return {
    prefix: `${outboundPath}/`,
    endpoint: async (request) => {
      if (request.method !== "GET") return plain(405, "Method not allowed\n", ["allow", "GET"]);
      // Loaded when asked for: few servers have an issuer.
      const { publishedByIssuer } = await import("../services/outbound-issuer.ts");
      const document = await publishedByIssuer(environment, request.path);
      return document === undefined ? plain(404, "Not found\n") : json(200, document);
    },
  };
}
