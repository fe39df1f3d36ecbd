import { loginProfiles } from "../../../store/login-profiles.ts";
import { passwordPolicy } from "../account/password-policy.ts";
import { iam } from "../iam.ts";
import { requireCallingUser } from "../users/user.ts";
import { profileOrRefuse, requireUnchangedProfile } from "./login-profile.ts";
import { isPassword, obeyRules, openPasswords, sealPasswords, withNewPassword } from "./passwords.ts";

export const ChangePassword = iam("ChangePassword", {
  async resource(_input, call) {
    if (call.caller.kind !== "user") {
      // The code is the model's; no record of the text was found.
      call.fail("InvalidUserTypeException", "Only IAM Users can change their own password");
    }
    const found = await requireCallingUser(call);
    const policy = await passwordPolicy(call);
    const before = await loginProfiles.find(call.tx, found.user.user_id);
    // IAM User Guide: the option gives every user of the account this permission, by no policy of its own.
    return { ...found, before, policy, grantedByAccount: policy?.AllowUsersToChangePassword === true };
  },

  // Passwords are hashed before the transaction.
  transaction: "own",

  // HardExpiry and MaxPasswordAge keep nobody from it: they bind the console (IAM API reference, PasswordPolicy).
  async handle(input, call, resource) {
    const { user, policy } = resource;
    const before = profileOrRefuse(call, resource, resource.before);
    const passwords = openPasswords(call, before);
    if (!(await isPassword(passwords, input.OldPassword))) {
      // The code was recorded in 2026-09; no record of the text was found.
      call.fail("AccessDenied", "The old password was incorrect.");
    }
    if (input.NewPassword === input.OldPassword) {
      // The code was recorded in 2026-09, whatever the policy; the text is ours.
      call.fail("AccessDenied", "The new password must differ from the old password.");
    }
    obeyRules(call, policy, input.NewPassword);
    const next = await withNewPassword(call, policy, passwords, input.NewPassword);
    const passwords_sealed = sealPasswords(call, user.user_id, next);
    await call.environment.store.write(async (tx) => {
      const profile = await requireUnchangedProfile(call, tx, resource, before);
      await loginProfiles.update(tx, {
        ...profile,
        changed_at: call.now,
        // Whoever has chosen a password of its own has done what was required.
        isResetRequired: false,
        passwords_sealed,
      });
    });
  },
});
