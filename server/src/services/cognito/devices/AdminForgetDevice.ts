import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { forgetDevice } from "./device.ts";

export const AdminForgetDevice = cognito("AdminForgetDevice", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, owner) {
    await forgetDevice(call, call.tx, owner, input.DeviceKey);
  },
});
