import type { Environment, RequestFacts } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { revokeRefreshToken } from "../sessions/revoke.ts";
import { authenticateClient, onceIn } from "./client-authentication.ts";
import { OAuthError } from "./oauth-error.ts";

/** RFC 7009, as AWS has it: refresh tokens alone, and what is no token is as good as revoked. Throws OAuthError. */
export async function revokeToken(
  environment: Environment,
  facts: RequestFacts,
  pool: PoolContext,
  { authorization, form, now }: { authorization: string | undefined; form: URLSearchParams; now: number },
): Promise<void> {
  const token = onceIn(form, "token");
  const context = await authenticateClient(environment, pool, authorization, form);
  if (token === undefined) throw new OAuthError("invalid_request");
  await environment.rateLimits?.admit("cognito-idp:RevokeToken", facts, now);
  const outcome = await environment.store.write((tx) => revokeRefreshToken(environment, tx, context, token));
  if (outcome === "disabled") throw new OAuthError("invalid_request");
  if (outcome === "unsupported") throw new OAuthError("unsupported_token_type");
  // RFC 6749, 5.2; what AWS answers is not known.
  if (outcome === "foreign") throw new OAuthError("invalid_grant");
}
