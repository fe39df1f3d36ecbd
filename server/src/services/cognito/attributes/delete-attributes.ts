import { poolUserPendingAttributes } from "../../../store/pool-user-pending-attributes.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { syncAliases } from "../users/aliases.ts";
import { remainingAttributes } from "./attribute-rules.ts";

/** What DeleteUserAttributes and AdminDeleteUserAttributes do. An address that was to take its place goes, too. */
export async function deleteAttributes(
  call: Call,
  context: PoolContext,
  user: PoolUserRow,
  names: readonly string[],
): Promise<void> {
  const { tx, now } = call;
  const attributes = remainingAttributes(call, context.configuration, user.attributes, names);
  const after = { ...user, attributes, modified_at: now };
  // Aliases only become fewer, so none can be another user's.
  await syncAliases(tx, context, user, after, { now, moves: false });
  await poolUsers.update(tx, user, after);
  for (const name of names) await poolUserPendingAttributes.delete(tx, user.user_id, name);
}
