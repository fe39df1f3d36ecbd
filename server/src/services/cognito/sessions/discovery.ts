import { poolDomains } from "../../../store/pool-domains.ts";
import { userPools } from "../../../store/user-pools.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import { baseUrlOf, issuerOf } from "./issuer.ts";

/**
 * A pool's discovery document (OpenID Connect Discovery, 4.2), with AWS's members in AWS's order. The endpoints of its
 * domain are there once the pool has one, at the host of the request and below the pool's path, since nobody need have
 * made the domain's own name lead here.
 */
export async function discovery(
  environment: Pick<Environment, "store" | "issuerUrl" | "publicUrl">,
  facts: Pick<RequestFacts, "host" | "secureTransport">,
  poolId: string,
): Promise<string | undefined> {
  const [pool, domains] = await environment.store.read(async (tx) => [
    await userPools.find(tx, poolId),
    await poolDomains.listOfPool(tx, poolId),
  ]);
  if (pool === undefined) return undefined;
  const base = `${baseUrlOf(environment, facts)}/pools/${poolId}`;
  return discoveryDocument(issuerOf(environment, facts, poolId), domains.length === 0 ? undefined : base);
}

/** `base` is where the endpoints of the domain are; undefined for a pool without one. */
function discoveryDocument(issuer: string, base: string | undefined): string {
  const at = (path: string) => (base === undefined ? undefined : base + path);
  return JSON.stringify({
    authorization_endpoint: at("/oauth2/authorize"),
    end_session_endpoint: at("/logout"),
    id_token_signing_alg_values_supported: ["RS256"],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    revocation_endpoint: at("/oauth2/revoke"),
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    token_endpoint: at("/oauth2/token"),
    token_endpoint_auth_methods_supported:
      base === undefined ? undefined : ["client_secret_basic", "client_secret_post"],
    userinfo_endpoint: at("/oauth2/userInfo"),
  });
}
