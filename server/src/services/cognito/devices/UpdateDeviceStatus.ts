import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { updateDeviceStatus } from "./device.ts";

export const UpdateDeviceStatus = cognito("UpdateDeviceStatus", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const owner = await requireAccessToken(call, call.tx, input.AccessToken);
    await updateDeviceStatus(call, call.tx, owner, input.DeviceKey, input.DeviceRememberedStatus);
    return {};
  },
});
