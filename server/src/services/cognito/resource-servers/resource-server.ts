import type { ResourceServerScopeType, ResourceServerType } from "@aws-sdk/client-cognito-identity-provider";
import { type ResourceServerRow, type ResourceServerScope, resourceServers } from "../../../store/resource-servers.ts";
import type { Call } from "../../operation.ts";
import { requireUserPool, type UserPoolResource } from "../user-pools/user-pool.ts";

export interface ResourceServerResource extends UserPoolResource {
  readonly server: ResourceServerRow;
}

/** Policies know resource servers by their pool. */
export async function requireResourceServer(
  call: Call<"ResourceNotFoundException">,
  input: { readonly UserPoolId: string | undefined; readonly Identifier: string | undefined },
): Promise<ResourceServerResource> {
  const { UserPoolId = "", Identifier = "" } = input;
  const found = await requireUserPool(call, UserPoolId);
  const server = await resourceServers.find(call.tx, UserPoolId, Identifier);
  // The text is ours: AWS's is not known.
  if (server === undefined) {
    return call.missing(found, "ResourceNotFoundException", `Resource server ${Identifier} does not exist.`);
  }
  return { ...found, server };
}

export function resourceServerShape(server: ResourceServerRow): ResourceServerType {
  return {
    UserPoolId: server.pool_id,
    Identifier: server.identifier,
    Name: server.name,
    Scopes: server.scopes?.map((scope) => ({ ...scope })),
  };
}

export function readScopes(
  call: Call,
  given: readonly ResourceServerScopeType[] | undefined,
): readonly ResourceServerScope[] | undefined {
  const scopes = given?.map(({ ScopeName = "", ScopeDescription = "" }) => ({ ScopeName, ScopeDescription }));
  const names = new Set<string>();
  for (const { ScopeName } of scopes ?? []) {
    // The text is ours: AWS's is not known.
    if (names.has(ScopeName)) call.fail("InvalidParameterException", `Duplicate scope name ${ScopeName}.`);
    names.add(ScopeName);
  }
  return scopes;
}

/** As access tokens and clients name a scope: `{identifier}/{scope}`. Scope names have no slash, identifiers may. */
export async function findCustomScope(tx: Call["tx"], poolId: string, scope: string): Promise<boolean> {
  const slash = scope.lastIndexOf("/");
  if (slash < 1) return false;
  const server = await resourceServers.find(tx, poolId, scope.slice(0, slash));
  return server?.scopes?.some(({ ScopeName }) => ScopeName === scope.slice(slash + 1)) ?? false;
}
