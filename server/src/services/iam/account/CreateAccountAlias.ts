import { accounts } from "../../../store/accounts.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";

export const CreateAccountAlias = iam("CreateAccountAlias", {
  resource: () => wholeAccount,

  async handle(input, call) {
    const holder = await accounts.findByAlias(call.tx, input.AccountAlias);
    if (holder !== undefined) {
      call.fail("EntityAlreadyExistsException", `The account alias ${input.AccountAlias} already exists.`);
    }
    // IAM User Guide: an account has one alias; a new one takes the place of the old.
    await accounts.setAlias(call.tx, call.accountId, input.AccountAlias);
  },
});
