import { accountProperties } from "../../../store/account-properties.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";
import { globalEndpointTokenVersion } from "./account-property.ts";

export const SetSecurityTokenServicePreferences = iam("SetSecurityTokenServicePreferences", {
  resource: () => wholeAccount,

  // Every region is at this one endpoint, and its session tokens are good in all of them: nothing but what
  // GetAccountSummary says depends on the version.
  async handle(input, call) {
    await accountProperties.set(call.tx, call.accountId, globalEndpointTokenVersion, input.GlobalEndpointTokenVersion);
  },
});
