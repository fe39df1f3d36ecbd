import { iam } from "../iam.ts";
import { requireDeviceOfOwner, requireDeviceOwner, synchronize } from "./mfa-device.ts";

export const ResyncMFADevice = iam("ResyncMFADevice", {
  resource: (input, call) => requireDeviceOwner(call, input.UserName),

  // Unlike the operations that add and remove devices, open to long-term keys of a user with devices (observed 2026-09).
  async handle(input, call, owner) {
    await synchronize(call, await requireDeviceOfOwner(call, owner, input.SerialNumber), input);
  },
});
