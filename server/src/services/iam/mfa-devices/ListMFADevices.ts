import { mfaDevices } from "../../../store/mfa-devices.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { requireDeviceOwner, serialNumberOf } from "./mfa-device.ts";

export const ListMFADevices = iam("ListMFADevices", {
  resource: (input, call) => requireDeviceOwner(call, input.UserName),

  async handle(input, call, owner) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const held = await mfaDevices.listOfOwner(call.tx, owner.ownerId);
    const rest = held.filter((device) => device.path_and_name > after);
    const { rows, ...more } = page(rest, limit, (device) => device.path_and_name);
    return {
      MFADevices: rows.map((device) => ({
        UserName: owner.userName,
        SerialNumber: serialNumberOf(call, device),
        EnableDate: new Date(device.enabled_at ?? device.created_at),
      })),
      ...more,
    };
  },
});
