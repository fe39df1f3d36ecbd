import { cognito } from "../cognito.ts";
import { describeDevice } from "./device.ts";
import { requireDeviceOwner } from "./device-owner.ts";

export const GetDevice = cognito("GetDevice", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const owner = await requireDeviceOwner(call, call.tx, input.AccessToken);
    return describeDevice(call, call.tx, owner, input.DeviceKey, { isAdministrator: false });
  },
});
