import { cognito } from "../cognito.ts";
import { verifySoftwareToken } from "./software-token.ts";

export const VerifySoftwareToken = cognito("VerifySoftwareToken", {
  resource: () => ({ arn: "*", public: true as const }),

  handle: (input, call) =>
    verifySoftwareToken(call, call.tx, input, { code: input.UserCode, name: input.FriendlyDeviceName }),
});
