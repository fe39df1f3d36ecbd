import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { updateDeviceStatus } from "./device.ts";

export const AdminUpdateDeviceStatus = cognito("AdminUpdateDeviceStatus", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, owner) {
    await updateDeviceStatus(call, call.tx, owner, input.DeviceKey, input.DeviceRememberedStatus);
    return {};
  },
});
