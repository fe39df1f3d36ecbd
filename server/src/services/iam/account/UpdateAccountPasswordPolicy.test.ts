import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  GetAccountPasswordPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
  type UpdateAccountPasswordPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("UpdateAccountPasswordPolicy", async () => {
  const h = await harness();
  const update = (input: UpdateAccountPasswordPolicyCommandInput, iam = h.iam) =>
    iam.send(new UpdateAccountPasswordPolicyCommand(input));
  const policy = async () => (await h.iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy;
  /** Recorded from AWS, 2026-02. */
  const defaults = {
    AllowUsersToChangePassword: false,
    ExpirePasswords: false,
    MinimumPasswordLength: 6,
    RequireLowercaseCharacters: false,
    RequireNumbers: false,
    RequireSymbols: false,
    RequireUppercaseCharacters: false,
  };
  const custom = {
    AllowUsersToChangePassword: true,
    HardExpiry: true,
    MaxPasswordAge: 60,
    MinimumPasswordLength: 10,
    PasswordReusePrevention: 3,
    RequireLowercaseCharacters: true,
    RequireNumbers: true,
    RequireSymbols: true,
    RequireUppercaseCharacters: true,
  };

  test("what is not given takes its default", async () => {
    assert.deepEqual(Object.keys(await update({})), ["$metadata"]);
    assert.deepEqual(await policy(), defaults);
  });

  test("keeps what is given; passwords expire where they have an age", async () => {
    await update(custom);
    assert.deepEqual(await policy(), { ...custom, ExpirePasswords: true });
  });

  test("no update is partial: what was set before is lost", async () => {
    await update({ RequireNumbers: true, HardExpiry: false });
    assert.deepEqual(await policy(), { ...defaults, RequireNumbers: true, HardExpiry: false });
  });

  test("says of all limits at once which are not kept, and changes nothing", async () => {
    const before = await policy();
    const input = { MinimumPasswordLength: 129, PasswordReusePrevention: 25, MaxPasswordAge: 1096 };
    assert.deepEqual(
      await refused(update(input)),
      constraints(
        ["minimumPasswordLength", "Member must have value less than or equal to 128"],
        ["passwordReusePrevention", "Member must have value less than or equal to 24"],
        ["maxPasswordAge", "Member must have value less than or equal to 1095"],
      ),
    );
    assert.deepEqual(
      await refused(update({ MinimumPasswordLength: 5 })),
      constraints(["minimumPasswordLength", "Member must have value greater than or equal to 6"]),
    );
    assert.deepEqual(await policy(), before);
  });

  test("a user needs permission on everything", async () => {
    const mayNot = await userWithKey(h, "may-not", allow("iam:GetAccountPasswordPolicy"));
    assert.deepEqual(
      await refused(update({}, mayNot.iam)),
      accessDenied("may-not", "iam:UpdateAccountPasswordPolicy", "*"),
    );
    const may = await userWithKey(h, "may", allow("iam:UpdateAccountPasswordPolicy"));
    await update({}, may.iam);
    assert.deepEqual(await policy(), defaults);
  });
});
