import { cognito } from "../cognito.ts";
import { describeDevice } from "./device.ts";
import { requireOwnerOfPool } from "./device-owner.ts";

export const AdminGetDevice = cognito("AdminGetDevice", {
  transaction: "read",

  resource: (input, call) => requireOwnerOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, owner) {
    return describeDevice(call, call.tx, owner, input.DeviceKey, { isAdministrator: true });
  },
});
