import type {
  ClientSSOSessionConfigType,
  SetUserPoolSessionConfigurationRequest,
} from "@aws-sdk/client-cognito-identity-provider";
import { VersionedCache } from "../../../access/versioned-cache.ts";
import { poolProperties } from "../../../store/pool-properties.ts";
import type { Store, Tx } from "../../../store/store.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import { configurationOf } from "../user-pools/user-pool.ts";

export type PoolSessions = Required<Omit<SetUserPoolSessionConfigurationRequest, "UserPoolId">>;

/** API reference, GetUserPoolSessionConfiguration and GetUserPoolClientSessionConfiguration. */
const defaultPoolSessions: PoolSessions = { UserSessionTracking: "DISABLED", TokenSession: { MaxPerUser: 20 } };
const defaultSsoSession: ClientSSOSessionConfigType = { MaxValidityMinutes: 60 };

/** How many sessions a pool lets each user have, and whether it keeps track of them. */
export async function poolSessions(tx: Tx, poolId: string): Promise<PoolSessions> {
  const found = await poolProperties.find(tx, poolId, "", "sessions");
  return found === undefined ? defaultPoolSessions : (found.value as PoolSessions); // SetUserPoolSessionConfiguration wrote it
}

/** For how long a client lets a single sign-on session serve. */
export async function ssoSession(tx: Tx, poolId: string, clientId: string): Promise<ClientSSOSessionConfigType> {
  const found = await poolProperties.find(tx, poolId, clientId, "sessions");
  if (found === undefined) return defaultSsoSession;
  return found.value as ClientSSOSessionConfigType; // SetUserPoolClientSessionConfiguration wrote it
}

/** What every sign-in asks, kept in memory until any of it is written. */
interface Kept {
  readonly pools: VersionedCache<PoolSessions>;
  readonly clients: VersionedCache<ClientSSOSessionConfigType>;
}

const caches = new WeakMap<Store, Kept>();
const mostKept = 10_000;

function cachesOf(store: Store): Kept {
  let kept = caches.get(store);
  if (kept === undefined) {
    const version = store.watch(["pool_properties"]);
    kept = { pools: new VersionedCache(version, mostKept), clients: new VersionedCache(version, mostKept) };
    caches.set(store, kept);
  }
  return kept;
}

/** As `poolSessions`, for sign-ins. */
export async function keptPoolSessions(store: Store, tx: Tx, poolId: string): Promise<PoolSessions> {
  const { pools } = cachesOf(store);
  const found = pools.get(poolId) ?? (await pools.load(poolId, () => poolSessions(tx, poolId)));
  return found ?? defaultPoolSessions;
}

/** As `ssoSession`, for sign-ins. Never within a transaction. */
export async function keptSsoSession(
  store: Store,
  poolId: string,
  clientId: string,
): Promise<ClientSSOSessionConfigType> {
  const { clients } = cachesOf(store);
  const key = `${poolId} ${clientId}`;
  const read = () => store.read((tx) => ssoSession(tx, poolId, clientId));
  return clients.get(key) ?? (await clients.load(key, read)) ?? defaultSsoSession;
}

/** The form of the text is AWS's of other features (measured 2026-09), the name of this one is ours. */
export function refuseSessionsBelowPlan(call: Call<"FeatureUnavailableInTierException">, pool: UserPoolRow): void {
  if (configurationOf(pool).UserPoolTier !== "LITE") return;
  call.fail(
    "FeatureUnavailableInTierException",
    "The following feature is not available for the LITE pricing tier configured: Session Tracking",
  );
}
