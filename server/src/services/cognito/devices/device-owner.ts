import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { type Authorized, requireAccessToken } from "../sessions/access-token.ts";

/** Of the two operations whose model leaves the token out: nobody is meant without it. */
export function requireDeviceOwner(
  call: Call<"NotAuthorizedException">,
  tx: Tx,
  accessToken: string | undefined,
): Authorized | Promise<Authorized> {
  return requireAccessToken(call, tx, accessToken ?? "");
}
