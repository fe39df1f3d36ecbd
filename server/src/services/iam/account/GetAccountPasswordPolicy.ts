import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";
import { passwordPolicy } from "./password-policy.ts";

export const GetAccountPasswordPolicy = iam("GetAccountPasswordPolicy", {
  resource: () => wholeAccount,

  async handle(_input, call) {
    const policy =
      (await passwordPolicy(call)) ??
      call.fail("NoSuchEntityException", `The Password Policy with domain name ${call.accountId} cannot be found.`);
    return { PasswordPolicy: { ...policy, ExpirePasswords: (policy.MaxPasswordAge ?? 0) > 0 } };
  },
});
