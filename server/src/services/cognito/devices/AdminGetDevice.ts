import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { describeDevice } from "./device.ts";

export const AdminGetDevice = cognito("AdminGetDevice", {
  transaction: "read",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, owner) {
    return describeDevice(call, call.tx, owner, input.DeviceKey, { isAdministrator: true });
  },
});
