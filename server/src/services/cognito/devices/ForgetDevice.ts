import { cognito } from "../cognito.ts";
import { forgetDevice } from "./device.ts";
import { requireDeviceOwner } from "./device-owner.ts";

export const ForgetDevice = cognito("ForgetDevice", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const owner = await requireDeviceOwner(call, call.tx, input.AccessToken);
    await forgetDevice(call, call.tx, owner, input.DeviceKey);
  },
});
