import { accounts } from "../../../store/accounts.ts";
import { iam } from "../iam.ts";
import { requireAccount, wholeAccount } from "./account.ts";

export const DeleteAccountAlias = iam("DeleteAccountAlias", {
  resource: () => wholeAccount,

  async handle(input, call) {
    if ((await requireAccount(call)).alias !== input.AccountAlias) {
      call.fail("NoSuchEntityException", `The account alias with name ${input.AccountAlias} cannot be found.`);
    }
    await accounts.setAlias(call.tx, call.accountId, null);
  },
});
