import { grantTokens } from "../../services/cognito/authorization/token-grants.ts";
import type { Environment } from "../../services/operation.ts";
import type { PoolEndpoint } from "../pool-domain.ts";
import { appEndpoint, jsonAnswer } from "./json-answer.ts";

/** RFC 6749, 3.2. */
export function tokenEndpoint(environment: Environment): PoolEndpoint {
  return appEndpoint(environment, {}, async ({ http, facts, address, form, now }) => {
    const authorization = http.headers.get("authorization");
    return jsonAnswer(200, await grantTokens(environment, facts, address.context, { authorization, form, now }));
  });
}
