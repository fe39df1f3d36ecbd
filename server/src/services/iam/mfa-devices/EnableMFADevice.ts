import { mfaDevices } from "../../../store/mfa-devices.ts";
import { iam } from "../iam.ts";
import { requireDeviceOwner, requireKnownDevice, requireOwnMfa, synchronize } from "./mfa-device.ts";

export const EnableMFADevice = iam("EnableMFADevice", {
  resource: (input, call) => requireDeviceOwner(call, input.UserName),

  async handle(input, call, owner) {
    await requireOwnMfa(call, owner);
    const device = await requireKnownDevice(call, input.SerialNumber);
    if (device.owner_id !== null) {
      // Both observed 2026-09.
      const message =
        device.owner_id === owner.ownerId
          ? `MFA Device for user ${owner.userName} already exists.`
          : "MFA Device is already in use.";
      call.fail("EntityAlreadyExistsException", message);
    }
    const quota = call.environment.quotas.MFADevicesPerUser;
    if ((await mfaDevices.countOfOwner(call.tx, owner.ownerId)) >= quota) {
      // The quota's name is ours, in the form that AWS gives for others.
      call.fail("LimitExceededException", `Cannot exceed quota for MFADevicesPerUser: ${quota}`);
    }
    await synchronize(call, device, input);
    await mfaDevices.assign(call.tx, device, owner.ownerId, call.now);
  },
});
