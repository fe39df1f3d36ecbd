import { userClaims } from "../../services/cognito/authorization/user-claims.ts";
import type { Environment } from "../../services/operation.ts";
import type { HttpResponse } from "../http.ts";
import type { PoolEndpoint } from "../pool-domain.ts";
import { appEndpoint, jsonAnswer } from "./json-answer.ts";

/** RFC 6750, 2.1; the token of a user is far shorter. */
const bearerPattern = /^bearer +([A-Za-z0-9._~+/=-]{1,16384})$/i;

/** OpenID Connect Core, 5.3. */
export function userinfoEndpoint(environment: Environment): PoolEndpoint {
  return appEndpoint(environment, {}, async ({ http, facts, address, now }) => {
    const [, token] = bearerPattern.exec(http.headers.get("authorization") ?? "") ?? [];
    if (token === undefined) return refused(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
    await environment.rateLimits?.admit("cognito-idp:GetUser", facts, now);
    const info = await userClaims(environment, facts, address.context, token, now);
    if (info !== undefined) return jsonAnswer(200, info);
    return refused(
      401,
      "invalid_token",
      "Access token is expired, disabled, or deleted, or the user has globally signed out.",
    );
  });
}

/** In AWS's form, which is without the name of a scheme (developer guide, "userInfo endpoint"), and in the body. */
function refused(status: number, error: string, error_description: string): HttpResponse {
  const answer = jsonAnswer(status, { error, error_description });
  const challenge = `error="${error}", error_description="${error_description}"`;
  return { ...answer, headers: [...answer.headers, "www-authenticate", challenge] };
}
