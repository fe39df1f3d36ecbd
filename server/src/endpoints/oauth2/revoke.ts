import { revokeToken } from "../../services/cognito/authorization/revocation.ts";
import type { Environment } from "../../services/operation.ts";
import type { PoolEndpoint } from "../pool-domain.ts";
import { appEndpoint } from "./json-answer.ts";

/** RFC 7009. */
export function revokeEndpoint(environment: Environment): PoolEndpoint {
  return appEndpoint(environment, { invalid_client: 401 }, async ({ http, facts, address, form, now }) => {
    const authorization = http.headers.get("authorization");
    await revokeToken(environment, facts, address.context, { authorization, form, now });
    return { status: 200, headers: ["access-control-allow-origin", "*"], body: "" };
  });
}
