import { ServiceException } from "../../../contract/service-exception.ts";
import { Call, type Environment, type RequestFacts } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { readableAttributes } from "../attributes/attribute-rules.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { attributeFilter, openId } from "../sessions/scopes.ts";
import { attributeList } from "../users/pool-user.ts";

/**
 * What the scopes of an access token let its bearer know of its user, all of it texts, `email_verified`, too (developer
 * guide, "userInfo endpoint"). Undefined for a token that is not good for it; which of its faults that is, AWS does not say.
 */
export function userClaims(
  environment: Environment,
  facts: RequestFacts,
  { pool }: PoolContext,
  accessToken: string,
  now: number,
): Promise<Readonly<Record<string, string>> | undefined> {
  return environment.store.read(async (tx) => {
    try {
      const call = new Call<"NotAuthorizedException">(environment, facts, now, tx);
      const authorized = await requireAccessToken(call, tx, accessToken, openId);
      const { user, claims, clientConfiguration } = authorized;
      if (authorized.pool.pool_id !== pool.pool_id) return undefined;
      const isGiven = attributeFilter(claims.scope.split(" "));
      const found: Record<string, string> = { sub: user.user_id };
      for (const { Name = "", Value = "" } of readableAttributes(clientConfiguration, attributeList(user))) {
        if (isGiven(Name)) found[Name] = Value;
      }
      return { ...found, username: user.username };
    } catch (error) {
      if (error instanceof ServiceException) return undefined;
      throw error;
    }
  });
}
