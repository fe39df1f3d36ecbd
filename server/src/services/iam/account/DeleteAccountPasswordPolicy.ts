import { accounts } from "../../../store/accounts.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";
import { passwordPolicy } from "./password-policy.ts";

export const DeleteAccountPasswordPolicy = iam("DeleteAccountPasswordPolicy", {
  resource: () => wholeAccount,

  async handle(_input, call) {
    if ((await passwordPolicy(call)) === undefined) {
      call.fail("NoSuchEntityException", "The account policy with name PasswordPolicy cannot be found.");
    }
    await accounts.setPasswordPolicy(call.tx, call.accountId, null);
  },
});
