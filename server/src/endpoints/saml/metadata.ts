import { samlMetadata } from "../../services/cognito/federation/saml-metadata.ts";
import type { Environment } from "../../services/operation.ts";
import { plain } from "../http.ts";
import type { PoolEndpoint } from "../pool-domain.ts";

/** `?identity_provider=` makes it the document for that provider alone. */
export function samlMetadataEndpoint(environment: Environment): PoolEndpoint {
  return async ({ address, query, now }) => {
    const { context, base } = address;
    const body = await samlMetadata(environment, {
      poolId: context.pool.pool_id,
      base,
      providerName: query.get("identity_provider") ?? undefined,
      now,
    });
    return body === undefined
      ? plain(404, "Not found\n")
      : { status: 200, headers: ["content-type", "application/samlmetadata+xml"], body };
  };
}
