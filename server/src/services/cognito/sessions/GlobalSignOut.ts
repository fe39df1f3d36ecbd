import { cognito } from "../cognito.ts";
import { requireAccessToken } from "./access-token.ts";
import { signOutEverywhere } from "./sign-out.ts";

export const GlobalSignOut = cognito("GlobalSignOut", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { user } = await requireAccessToken(call, call.tx, input.AccessToken);
    await signOutEverywhere(call.tx, user, call.now);
  },
});
