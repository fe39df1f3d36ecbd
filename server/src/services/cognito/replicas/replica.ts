import type { ReplicaStatusType, UserPoolReplicaType } from "@aws-sdk/client-cognito-identity-provider";
import { type PoolReplicaRow, poolReplicas } from "../../../store/pool-replicas.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import { userPoolArn } from "../user-pools/user-pool.ts";

/**
 * Which other regions a pool was to be replicated to is kept and answered; requests of those regions do not find the
 * pool, as those of AWS do not while a replica is inactive.
 */
export async function requireReplica(
  call: Call<"ResourceNotFoundException">,
  pool: UserPoolRow,
  region: string,
): Promise<PoolReplicaRow> {
  if (region === pool.region) {
    // The text is ours, as the next one.
    call.fail("InvalidParameterException", `${region} is the primary Region of user pool ${pool.pool_id}.`);
  }
  return (
    (await poolReplicas.find(call.tx, pool.pool_id, region)) ??
    call.fail("ResourceNotFoundException", `User pool ${pool.pool_id} has no replica in ${region}.`)
  );
}

export function replicaShape(
  pool: UserPoolRow,
  region: string,
  status: ReplicaStatusType | undefined,
): UserPoolReplicaType {
  return {
    RegionName: region,
    Status: status,
    Role: region === pool.region ? "PRIMARY" : "SECONDARY",
    UserPoolArn: userPoolArn({ ...pool, region }),
  };
}

export function statusOf(replica: PoolReplicaRow): ReplicaStatusType {
  return replica.status as ReplicaStatusType; // Create and Update wrote it
}

/** Where else these pools of one account and region are, by id; those that are nowhere else are left out. */
export async function replicaRegions(
  call: Call,
  pools: readonly UserPoolRow[],
): Promise<ReadonlyMap<string, string[]>> {
  const [first, last] = [pools[0], pools.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const { account_id, region } = first;
  const found = await poolReplicas.listOfPools(call.tx, account_id, region, first.pool_id, last.pool_id);
  const regions = new Map<string, string[]>();
  for (const { pool_id, region } of found) regions.set(pool_id, [...(regions.get(pool_id) ?? []), region].sort());
  return regions;
}
