import { ServiceException } from "../../contract/service-exception.ts";
import { OAuthError } from "../../services/cognito/authorization/oauth-error.ts";
import { isOverload } from "../../services/failure.ts";
import type { Environment } from "../../services/operation.ts";
import type { HttpResponse } from "../http.ts";
import type { PoolEndpoint, PoolRequest } from "../pool-domain.ts";

/** Any page may call these endpoints, as on AWS: what counts is what it knows, never a cookie. */
const headers: readonly string[] = [
  "content-type",
  "application/json;charset=UTF-8",
  "access-control-allow-origin",
  "*",
];

export function jsonAnswer(status: number, value: object): HttpResponse {
  return { status, headers, body: JSON.stringify(value) };
}

/**
 * An endpoint that apps call themselves, with its errors in their words. `statusOf` is for those that AWS answers otherwise
 * than with 400.
 */
export function appEndpoint(
  environment: Environment,
  statusOf: Readonly<Partial<Record<string, number>>>,
  handle: (request: PoolRequest) => Promise<HttpResponse>,
): PoolEndpoint {
  return async (request) => {
    try {
      return await handle(request);
    } catch (error) {
      if (error instanceof OAuthError) {
        const { code, description } = error;
        return jsonAnswer(statusOf[code] ?? 400, { error: code, error_description: description });
      }
      const tooMany = error instanceof ServiceException ? error.code === "TooManyRequestsException" : isOverload(error);
      // The status is AWS's for its domains; the code is the nearest of RFC 6749, 4.1.2.1.
      if (tooMany) return jsonAnswer(429, { error: "temporarily_unavailable" });
      environment.log.error("internal failure", { requestId: request.facts.requestId, error });
      return jsonAnswer(500, { error: "server_error" });
    }
  };
}
