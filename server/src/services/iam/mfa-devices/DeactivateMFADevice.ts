import { mfaDevices } from "../../../store/mfa-devices.ts";
import { iam } from "../iam.ts";
import { requireDeviceOfOwner, requireDeviceOwner, requireOwnMfa } from "./mfa-device.ts";

export const DeactivateMFADevice = iam("DeactivateMFADevice", {
  resource: (input, call) => requireDeviceOwner(call, input.UserName),

  async handle(input, call, owner) {
    await requireOwnMfa(call, owner);
    await mfaDevices.release(call.tx, await requireDeviceOfOwner(call, owner, input.SerialNumber));
  },
});
