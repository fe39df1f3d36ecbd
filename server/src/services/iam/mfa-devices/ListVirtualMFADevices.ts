import type { VirtualMFADevice } from "@aws-sdk/client-iam";
import { accounts } from "../../../store/accounts.ts";
import { type MfaDeviceRow, mfaDevices } from "../../../store/mfa-devices.ts";
import { users } from "../../../store/users.ts";
import type { Call } from "../../operation.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { rootUser, userListItem } from "../users/user.ts";
import { serialNumberOf } from "./mfa-device.ts";

const which = { Any: "any", Assigned: "assigned", Unassigned: "unassigned" } as const;

export const ListVirtualMFADevices = iam("ListVirtualMFADevices", {
  resource: (_input, call) => accountResource(call, "mfa/"),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const asked = which[input.AssignmentStatus ?? "Any"];
    const found = await mfaDevices.list(call.tx, call.accountId, asked, after, limit + 1);
    const { rows, ...more } = page(found, limit, (device) => device.path_and_name);
    const VirtualMFADevices: VirtualMFADevice[] = [];
    for (const device of rows) VirtualMFADevices.push(await listItem(call, device));
    return { VirtualMFADevices, ...more };
  },
});

/** Neither seed nor tags (recorded from AWS, 2026-09). */
async function listItem(call: Call, device: MfaDeviceRow): Promise<VirtualMFADevice> {
  const SerialNumber = serialNumberOf(call, device);
  if (device.owner_id === null || device.enabled_at === null) return { SerialNumber };
  const EnableDate = new Date(device.enabled_at);
  if (device.owner_id === call.accountId) {
    return { SerialNumber, EnableDate, User: rootUser(call, await accounts.find(call.tx, call.accountId)) };
  }
  const user = await users.findById(call.tx, device.owner_id);
  // A user with devices cannot be deleted.
  if (user === undefined) throw new Error(`user ${device.owner_id} of an MFA device is not in the store`);
  return { SerialNumber, EnableDate, User: userListItem(call, user) };
}
