import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  ChangePasswordCommand,
  CreateLoginProfileCommand,
  DeleteAccountPasswordPolicyCommand,
  GetLoginProfileCommand,
  PutUserPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";

suite("ChangePassword", async () => {
  const h = await harness();
  let names = 0;

  async function holder(password: string, policy: object | undefined = allow("iam:ChangePassword")) {
    const user = await userWithKey(h, `user-${names++}`, policy);
    const { userName: UserName } = user;
    await h.iam.send(new CreateLoginProfileCommand({ UserName, Password: password, PasswordResetRequired: true }));
    const change = (OldPassword: string, NewPassword: string) =>
      user.iam.send(new ChangePasswordCommand({ OldPassword, NewPassword }));
    return { ...user, change };
  }

  test("the new password is the one from then on, and need not be reset", async () => {
    const { userName, change } = await holder("Passw0rd-0");
    await change("Passw0rd-0", "Passw0rd-1");
    const { LoginProfile } = await h.iam.send(new GetLoginProfileCommand({ UserName: userName }));
    assert.deepEqual(LoginProfile, {
      UserName: userName,
      CreateDate: new Date(startOfTest),
      PasswordResetRequired: false,
    });
    assert.deepEqual(await refused(change("Passw0rd-0", "Passw0rd-2")), {
      code: "AccessDenied",
      message: "The old password was incorrect.",
      status: 403,
    });
    await change("Passw0rd-1", "Passw0rd-2");
  });

  test("refuses the same password, and one that the rules forbid", async () => {
    const { change } = await holder("Passw0rd-0");
    assert.deepEqual(await refused(change("Passw0rd-0", "Passw0rd-0")), {
      code: "AccessDenied",
      message: "The new password must differ from the old password.",
      status: 403,
    });
    assert.deepEqual(await refused(change("Passw0rd-0", "Short1!")), {
      code: "PasswordPolicyViolation",
      message: "Password should have a minimum length of 8",
      status: 400,
    });
  });

  test("refuses the last passwords, as many as the policy says", async () => {
    const { change } = await holder("Passw0rd-0");
    await change("Passw0rd-0", "Passw0rd-1");
    await change("Passw0rd-1", "Passw0rd-0");
    await h.iam.send(new UpdateAccountPasswordPolicyCommand({ PasswordReusePrevention: 3 }));
    await change("Passw0rd-0", "Passw0rd-2");
    await change("Passw0rd-2", "Passw0rd-3");
    const reuse = {
      code: "PasswordPolicyViolation",
      message: "Policy constraint violation with password reuse prevention during password change.",
      status: 400,
    };
    assert.deepEqual(await refused(change("Passw0rd-3", "Passw0rd-2")), reuse);
    assert.deepEqual(await refused(change("Passw0rd-3", "Passw0rd-0")), reuse, "the third last, set twice");
    await change("Passw0rd-3", "Passw0rd-1");
    await h.iam.send(new DeleteAccountPasswordPolicyCommand({}));
  });

  test("a password that has expired, hard or not, can be changed with a key", async () => {
    await h.iam.send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 1, HardExpiry: true }));
    const { change } = await holder("Passw0rd-0");
    h.clock.set(startOfTest + 3 * 86_400_000);
    await change("Passw0rd-0", "Passw0rd-1");
    h.clock.set(startOfTest);
    await h.iam.send(new DeleteAccountPasswordPolicyCommand({}));
  });

  test("by permission, or by the account's setting where no policy denies it", async () => {
    const ann = await holder("Passw0rd-0", allow("iam:GetUser"));
    const denied = {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/${ann.userName} is not authorized to perform: iam:ChangePassword on resource: arn:aws:iam::${testAccount}:user/${ann.userName} because no identity-based policy allows the iam:ChangePassword action`,
      status: 403,
    };
    assert.deepEqual(await refused(ann.change("Passw0rd-0", "Passw0rd-1")), denied);
    await h.iam.send(new UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword: true }));
    await ann.change("Passw0rd-0", "Passw0rd-1");
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "iam:ChangePassword", Resource: "*" }],
    });
    await h.iam.send(new PutUserPolicyCommand({ UserName: ann.userName, PolicyName: "deny", PolicyDocument }));
    assert.deepEqual(await refused(ann.change("Passw0rd-1", "Passw0rd-2")), {
      ...denied,
      message: `User: arn:aws:iam::${testAccount}:user/${ann.userName} is not authorized to perform: iam:ChangePassword on resource: arn:aws:iam::${testAccount}:user/${ann.userName} with an explicit deny in an identity-based policy`,
    });
    await h.iam.send(new DeleteAccountPasswordPolicyCommand({}));
  });

  test("refuses root, and a user without a password", async () => {
    const change = new ChangePasswordCommand({ OldPassword: "a", NewPassword: "b" });
    assert.deepEqual(await refused(h.iam.send(change)), {
      code: "InvalidUserType",
      message: "Only IAM Users can change their own password",
      status: 400,
    });
    const eve = await userWithKey(h, "eve", allow("iam:ChangePassword"));
    assert.deepEqual(await refused(eve.iam.send(change)), {
      code: "NoSuchEntity",
      message: "Login Profile for User eve cannot be found.",
      status: 404,
    });
  });
});
