import { loginProfiles } from "../../../store/login-profiles.ts";
import { users } from "../../../store/users.ts";
import { passwordPolicy } from "../account/password-policy.ts";
import { iam } from "../iam.ts";
import { noSuchUser } from "../users/user.ts";
import { profileShape, requireProfileUser } from "./login-profile.ts";
import { firstPassword, obeyRules, sealPasswords } from "./passwords.ts";

export const CreateLoginProfile = iam("CreateLoginProfile", {
  async resource(input, call) {
    const found = await requireProfileUser(call, input.UserName);
    const isTaken = (await loginProfiles.find(call.tx, found.user.user_id)) !== undefined;
    return { ...found, isTaken, policy: await passwordPolicy(call) };
  },

  // The password is hashed before the transaction.
  transaction: "own",

  async handle(input, call, resource) {
    const { user, policy } = resource;
    const taken = () =>
      call.fail("EntityAlreadyExistsException", `Login Profile for user ${user.user_name} already exists.`);
    if (resource.isTaken) taken();
    const password = input.Password;
    if (password === undefined) {
      // IAM API reference: to be left out in AssumeRoot sessions alone. The text is ours, in the form of AWS's others.
      return call.fail(
        "ValidationError",
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
      );
    }
    obeyRules(call, policy, password);
    const profile = {
      user_id: user.user_id,
      account_id: call.accountId,
      created_at: call.now,
      changed_at: call.now,
      isResetRequired: input.PasswordResetRequired ?? false,
      passwords_sealed: sealPasswords(call, user.user_id, await firstPassword(call, password)),
    };
    await call.environment.store.write(async (tx) => {
      if ((await users.findById(tx, user.user_id)) === undefined) {
        call.fail("NoSuchEntityException", noSuchUser(user.user_name));
      }
      if ((await loginProfiles.find(tx, user.user_id)) !== undefined) taken();
      await loginProfiles.insert(tx, profile);
    });
    return { LoginProfile: profileShape(resource, profile) };
  },
});
