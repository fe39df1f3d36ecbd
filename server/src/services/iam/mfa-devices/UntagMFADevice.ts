import { mfaDevices } from "../../../store/mfa-devices.ts";
import { iam } from "../iam.ts";
import { exactKeys, removeTags } from "../tags.ts";
import { requireDevice } from "./mfa-device.ts";

export const UntagMFADevice = iam("UntagMFADevice", {
  resource: (input, call) => requireDevice(call, input.SerialNumber),

  async handle(input, call, { device }) {
    await mfaDevices.setTags(call.tx, device, removeTags(device.tags, input.TagKeys, exactKeys));
  },
});
