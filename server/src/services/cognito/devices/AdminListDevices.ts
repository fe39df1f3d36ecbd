import { cognito } from "../cognito.ts";
import { listDevices } from "./device.ts";
import { requireOwnerOfPool } from "./device-owner.ts";

export const AdminListDevices = cognito("AdminListDevices", {
  transaction: "read",

  resource: (input, call) => requireOwnerOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, owner) {
    return listDevices(call, call.tx, owner, input, { isAdministrator: true });
  },
});
