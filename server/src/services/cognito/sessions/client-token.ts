import { signClaims } from "../../../crypto/rs256.ts";
import { resourceServers } from "../../../store/resource-servers.ts";
import type { Tx } from "../../../store/store.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { tokenLifetimes } from "../app-clients/client-settings.ts";
import type { StringMap } from "../triggers/events.ts";
import { changeAccessClaims, changeScopes } from "./claims.ts";
import { issuerOf } from "./issuer.ts";

export interface ClientToken {
  readonly AccessToken: string;
  readonly ExpiresIn: number;
  readonly TokenType: "Bearer";
}

interface MachineSignIn {
  readonly context: ClientContext;
  readonly scopes: readonly string[];
  readonly clientMetadata: StringMap | undefined;
  readonly now: number;
}

/** An access token for a machine that has proved who it is. Never within a transaction. */
export async function issueClientToken(
  environment: Environment,
  facts: RequestFacts,
  { context, scopes, clientMetadata, now }: MachineSignIn,
): Promise<ClientToken> {
  const { pool, client, clientConfiguration } = context;
  const changes = environment.triggers.has(pool, "PreTokenGeneration")
    ? await environment.triggers.invoke(pool, "PreTokenGeneration", {
        triggerSource: "TokenGeneration_ClientCredentials",
        // As AWS calls them all (developer guide, "Token endpoint", the sample event).
        userName: "ClientCredentials",
        clientId: client.client_id,
        userAgent: facts.userAgent,
        request: { userAttributes: {}, groupConfiguration: undefined, scopes, clientMetadata },
      })
    : undefined;
  const { access } = tokenLifetimes(clientConfiguration);
  const issuedAt = Math.floor(now / 1000);
  // As of the client credentials grant (developer guide, "Using the access token").
  const claims = {
    sub: client.client_id,
    token_use: "access",
    scope: (changes === undefined ? scopes : changeScopes(scopes, changes)).join(" "),
    auth_time: issuedAt,
    iss: issuerOf(environment, facts, pool.pool_id),
    exp: issuedAt + access,
    iat: issuedAt,
    version: 2,
    jti: environment.random.uuid(),
    client_id: client.client_id,
  };
  const { privateKey, header } = (await environment.tokenKeys.signers(pool.pool_id, now)).access;
  const AccessToken = await signClaims(
    privateKey,
    header,
    changes === undefined ? claims : changeAccessClaims(claims, changes),
    environment.workers.sign,
  );
  return { AccessToken, ExpiresIn: access, TokenType: "Bearer" };
}

/** Those that a machine may have: custom scopes. */
export function machineScopes({ clientConfiguration }: Pick<ClientContext, "clientConfiguration">): readonly string[] {
  return (clientConfiguration.AllowedOAuthScopes ?? []).filter((scope) => scope.includes("/"));
}

/** Whether a resource server of the pool has this custom scope; a client may have been allowed it before that was taken away. */
export async function isActiveScope(tx: Tx, poolId: string, scope: string): Promise<boolean> {
  const end = scope.lastIndexOf("/");
  const server = await resourceServers.find(tx, poolId, scope.slice(0, end));
  return server?.scopes?.some(({ ScopeName }) => ScopeName === scope.slice(end + 1)) === true;
}
