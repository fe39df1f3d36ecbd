import { loginProfiles } from "../../../store/login-profiles.ts";
import { passwordPolicy } from "../account/password-policy.ts";
import { iam } from "../iam.ts";
import { requireUser } from "../users/user.ts";
import { profileOrRefuse, requireProfile, requireUnchangedProfile } from "./login-profile.ts";
import { obeyRules, openPasswords, sealPasswords, withNewPassword } from "./passwords.ts";

export const UpdateLoginProfile = iam("UpdateLoginProfile", {
  async resource(input, call) {
    const found = await requireUser(call, input.UserName);
    const before = await loginProfiles.find(call.tx, found.user.user_id);
    return { ...found, before, policy: await passwordPolicy(call) };
  },

  // The password is hashed before the transaction.
  transaction: "own",

  // What is not given stays as it is; nothing given is no error (recorded from AWS, 2026-09).
  async handle(input, call, resource) {
    const { user, policy } = resource;
    const before = profileOrRefuse(call, resource, resource.before);
    const { store } = call.environment;
    const isResetRequired = input.PasswordResetRequired;
    const password = input.Password;
    if (password === undefined) {
      return store.write(async (tx) => {
        const profile = await requireProfile(call, tx, resource);
        if (isResetRequired !== undefined) await loginProfiles.update(tx, { ...profile, isResetRequired });
      });
    }
    obeyRules(call, policy, password);
    const passwords = await withNewPassword(call, policy, openPasswords(call, before), password);
    const passwords_sealed = sealPasswords(call, user.user_id, passwords);
    await store.write(async (tx) => {
      const profile = await requireUnchangedProfile(call, tx, resource, before);
      await loginProfiles.update(tx, {
        ...profile,
        changed_at: call.now,
        isResetRequired: isResetRequired ?? profile.isResetRequired,
        passwords_sealed,
      });
    });
  },
});
