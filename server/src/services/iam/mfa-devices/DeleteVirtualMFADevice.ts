import { mfaDevices } from "../../../store/mfa-devices.ts";
import { iam } from "../iam.ts";
import { requireDevice } from "./mfa-device.ts";

export const DeleteVirtualMFADevice = iam("DeleteVirtualMFADevice", {
  resource: (input, call) => requireDevice(call, input.SerialNumber),

  async handle(_input, call, { device }) {
    if (device.owner_id !== null) {
      // Observed 2026-09.
      call.fail("DeleteConflictException", "MFA VirtualDevice in use. Must deactivate first.");
    }
    await mfaDevices.delete(call.tx, device);
  },
});
