import { poolUserPendingAttributes } from "../../../store/pool-user-pending-attributes.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { type Address, addressOf } from "../messages/address.ts";

/** The address that a code would verify: one that waits for it, or else the user's own. Texts of refusals are ours. */
export async function requireAddress(call: Call, tx: Tx, user: PoolUserRow, name: string): Promise<Address> {
  if (name !== "email" && name !== "phone_number") {
    return call.fail(
      "InvalidParameterException",
      `Attribute ${name} cannot be verified. Only email and phone_number can.`,
    );
  }
  const pending = await poolUserPendingAttributes.find(tx, user.user_id, name);
  const address = addressOf(name, pending === undefined ? user.attributes : { [name]: pending });
  return address ?? call.fail("InvalidParameterException", `User does not have the attribute ${name}.`);
}
