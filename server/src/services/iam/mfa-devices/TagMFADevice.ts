import { mfaDevices } from "../../../store/mfa-devices.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { requireDevice } from "./mfa-device.ts";

export const TagMFADevice = iam("TagMFADevice", {
  resource: (input, call) => requireDevice(call, input.SerialNumber),

  async handle(input, call, { device }) {
    const tags = mergeTags(call, device.tags, input.Tags, call.environment.quotas.TagsPerMFADevice, exactKeys);
    await mfaDevices.setTags(call.tx, device, tags);
  },
});
