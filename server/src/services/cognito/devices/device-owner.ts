import type { Tx } from "../../../store/store.ts";
import { Call } from "../../operation.ts";
import { type Authorized, requireAccessToken } from "../sessions/access-token.ts";
import { type PoolUserResource, requireUserOfPool } from "../users/user-of-pool.ts";

/** Of the two operations whose model leaves the token out: nobody is meant without it. */
export function requireDeviceOwner(
  call: Call<"NotAuthorizedException">,
  tx: Tx,
  accessToken: string | undefined,
): Authorized | Promise<Authorized> {
  return requireAccessToken(call, tx, accessToken ?? "");
}

/** Somebody who is not there is a UserNotFoundException, which AWS does not list for all of these operations. */
export function requireOwnerOfPool(
  { environment, facts, now, tx }: Call,
  poolId: string,
  username: string,
): Promise<PoolUserResource> {
  return requireUserOfPool(new Call(environment, facts, now, tx), poolId, username);
}
