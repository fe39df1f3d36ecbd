import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { listDevices } from "./device.ts";

export const ListDevices = cognito("ListDevices", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const owner = await requireAccessToken(call, call.tx, input.AccessToken);
    return listDevices(call, call.tx, owner, input, { isAdministrator: false });
  },
});
