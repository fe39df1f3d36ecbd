import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { authFactors } from "./auth-factors.ts";

export const GetUserAuthFactors = cognito("GetUserAuthFactors", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const authorized = await requireAccessToken(call, call.tx, input.AccessToken);
    return authFactors(call.tx, authorized, authorized.user);
  },
});
