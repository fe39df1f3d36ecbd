import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { missingUserPool, type UserPoolResource, userPoolArn, userPoolTags } from "../user-pools/user-pool.ts";
import { findPoolUser, noSuchPoolUser } from "./pool-user.ts";

export interface PoolUserResource extends UserPoolResource, PoolContext {
  readonly user: PoolUserRow;
}

export type PoolResource = UserPoolResource & PoolContext;

/**
 * The caller's own pool with its configuration, which is in memory mostly. Who writes the pool itself reads it by
 * `requireUserPool`, so as not to write over what another request has just written.
 */
export async function requirePool(call: Call<"ResourceNotFoundException">, poolId: string): Promise<PoolResource> {
  const context = await call.environment.appClients.findPool(call.tx, poolId);
  const isTheirs = context?.pool.account_id === call.accountId && context.pool.region === call.region;
  if (context === undefined || !isTheirs) return missingUserPool(call, poolId);
  const { pool, configuration } = context;
  return { arn: userPoolArn(pool), tags: userPoolTags(pool), pool, configuration };
}

/** A user of the caller's own pool, for the operations of administrators. Policies look at the pool. */
export async function requireUserOfPool(
  call: Call<"ResourceNotFoundException" | "UserNotFoundException">,
  poolId: string,
  username: string,
): Promise<PoolUserResource> {
  const resource = await requirePool(call, poolId);
  const user = await findPoolUser(call.tx, resource, username);
  if (user === undefined) return call.missing(resource, "UserNotFoundException", noSuchPoolUser);
  return { ...resource, user };
}
