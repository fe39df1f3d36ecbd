import { userPools } from "../../../store/user-pools.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import { issuerOf } from "./issuer.ts";

/**
 * A pool's discovery document (OpenID Connect Discovery, 4.2), with AWS's members in AWS's order, but for the endpoints of
 * its domain: managed login is not served here, and a URL that leads nowhere would be worse than none.
 */
export async function discovery(
  environment: Pick<Environment, "store" | "issuerUrl" | "publicUrl">,
  facts: Pick<RequestFacts, "host" | "secureTransport">,
  poolId: string,
): Promise<string | undefined> {
  const pool = await environment.store.read((tx) => userPools.find(tx, poolId));
  if (pool === undefined) return undefined;
  const issuer = issuerOf(environment, facts, poolId);
  return JSON.stringify({
    id_token_signing_alg_values_supported: ["RS256"],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
  });
}
