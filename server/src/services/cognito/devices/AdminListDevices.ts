import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { listDevices } from "./device.ts";

export const AdminListDevices = cognito("AdminListDevices", {
  transaction: "read",

  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, owner) {
    return listDevices(call, call.tx, owner, input, { isAdministrator: true });
  },
});
