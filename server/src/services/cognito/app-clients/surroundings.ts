import { identityProviders } from "../../../store/identity-providers.ts";
import type { Tx } from "../../../store/store.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import { findCustomScope } from "../resource-servers/resource-server.ts";
import { configurationOf } from "../user-pools/user-pool.ts";
import type { Surroundings } from "./client-settings.ts";

/** What this pool has. */
export function surroundings(
  tx: Tx,
  pool: UserPoolRow,
  doing: Surroundings["doing"],
  hasSecret: boolean,
): Surroundings {
  return {
    configuration: configurationOf(pool),
    poolId: pool.pool_id,
    hasSecret,
    doing,
    hasProvider: async (name) => (await identityProviders.find(tx, pool.pool_id, name)) !== undefined,
    hasScope: (scope) => findCustomScope(tx, pool.pool_id, scope),
  };
}
