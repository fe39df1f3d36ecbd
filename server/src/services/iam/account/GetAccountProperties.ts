import { accountProperties } from "../../../store/account-properties.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";
import { roleManagerEnabled, roleManagerNamespace } from "./account-property.ts";

export const GetAccountProperties = iam("GetAccountProperties", {
  resource: () => ({ ...wholeAccount, conditions: { "iam:accountpropertynamespaces": [roleManagerNamespace] } }),

  // Recorded from AWS, 2026-09: an account that has set nothing shows this one all the same.
  async handle(_input, call) {
    const enabled = await accountProperties.find(call.tx, call.accountId, roleManagerEnabled);
    return { Properties: { [roleManagerEnabled]: enabled ?? "false" } };
  },
});
