import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import { signedOut } from "../sessions/sign-out.ts";

/**
 * Who is disabled cannot sign in, and what was issued before stops working (API reference, AdminDisableUser: it revokes
 * all access tokens), also once the user is enabled again.
 */
export async function setEnabled(call: Call, user: PoolUserRow, enabled: boolean): Promise<void> {
  if (user.enabled === enabled) return;
  const after = enabled ? user : signedOut(user, call.now);
  await poolUsers.update(call.tx, user, { ...after, enabled, modified_at: call.now });
}
