import { iam } from "../iam.ts";
import { exactKeys, listTags } from "../tags.ts";
import { requireDevice } from "./mfa-device.ts";

export const ListMFADeviceTags = iam("ListMFADeviceTags", {
  resource: (input, call) => requireDevice(call, input.SerialNumber),
  handle: (input, call, { device }) => listTags(call, device.tags, input, exactKeys),
});
