import { accounts } from "../../../store/accounts.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";
import type { PasswordPolicy } from "./password-policy.ts";

export const UpdateAccountPasswordPolicy = iam("UpdateAccountPasswordPolicy", {
  resource: () => wholeAccount,

  // No partial update (IAM API reference): what is not given takes its default, as recorded from AWS.
  async handle(input, call) {
    const policy: PasswordPolicy = {
      MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
      RequireSymbols: input.RequireSymbols ?? false,
      RequireNumbers: input.RequireNumbers ?? false,
      RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
      RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
      AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
      ...(input.MaxPasswordAge === undefined ? {} : { MaxPasswordAge: input.MaxPasswordAge }),
      ...(input.PasswordReusePrevention === undefined
        ? {}
        : { PasswordReusePrevention: input.PasswordReusePrevention }),
      ...(input.HardExpiry === undefined ? {} : { HardExpiry: input.HardExpiry }),
    };
    await accounts.setPasswordPolicy(call.tx, call.accountId, JSON.stringify(policy));
  },
});
