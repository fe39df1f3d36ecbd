import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  ChangePasswordCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetLoginProfileCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("UpdateLoginProfile", async () => {
  const h = await harness();
  const bob = await userWithKey(h, "bob", allow("iam:ChangePassword"));
  await h.iam.send(new CreateLoginProfileCommand({ UserName: "bob", Password: "Passw0rd-0" }));
  const update = (input: { UserName?: string; Password?: string; PasswordResetRequired?: boolean }, iam = h.iam) =>
    iam.send(new UpdateLoginProfileCommand({ UserName: "bob", ...input }));
  const reset = async () =>
    (await h.iam.send(new GetLoginProfileCommand({ UserName: "bob" }))).LoginProfile?.PasswordResetRequired;
  /** Tells which password is the one, by changing it. */
  const change = (OldPassword: string, NewPassword: string) =>
    bob.iam.send(new ChangePasswordCommand({ OldPassword, NewPassword }));

  test("what is not given stays as it is", async () => {
    await update({ PasswordResetRequired: true });
    assert.equal(await reset(), true);
    await update({});
    assert.equal(await reset(), true);
    await update({ Password: "Passw0rd-1" });
    assert.equal(await reset(), true);
    await update({ PasswordResetRequired: false });
    assert.equal(await reset(), false);
    await change("Passw0rd-1", "Passw0rd-2");
  });

  test("a password and the order to change it, at once", async () => {
    await update({ Password: "Passw0rd-3", PasswordResetRequired: true });
    assert.equal(await reset(), true);
    assert.equal((await refused(change("Passw0rd-2", "Passw0rd-4"))).code, "AccessDenied");
    await change("Passw0rd-3", "Passw0rd-4");
    assert.equal(await reset(), false);
  });

  test("refuses a password that the rules forbid, or that was one of the last", async () => {
    assert.deepEqual(await refused(update({ Password: "short" })), {
      code: "PasswordPolicyViolation",
      message:
        "Password should have a minimum length of 8, Password should meet 2 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one number, Password should have at least one symbol",
      status: 400,
    });
    await h.iam.send(new UpdateAccountPasswordPolicyCommand({ PasswordReusePrevention: 2 }));
    for (const Password of ["Passw0rd-4", "Passw0rd-3"]) {
      assert.deepEqual(await refused(update({ Password })), {
        code: "PasswordPolicyViolation",
        message: "Policy constraint violation with password reuse prevention during password change.",
        status: 400,
      });
    }
    await update({ Password: "Passw0rd-2" });
  });

  test("of two passwords at once, one is set and the other one's sender told to try again", async () => {
    const outcomes = await Promise.allSettled([update({ Password: "race-1" }), update({ Password: "race-2" })]);
    const lost = outcomes.find((outcome) => outcome.status === "rejected");
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    assert.deepEqual(await refused(Promise.reject(lost?.reason)), {
      code: "EntityTemporarilyUnmodifiable",
      message: "Login Profile for User bob cannot be modified while login profile is being created.",
      status: 409,
    });
  });

  test("refuses a user without a profile, one that is not there, and who may not", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
    for (const input of [{ Password: "Passw0rd-5" }, { PasswordResetRequired: true }, {}]) {
      assert.deepEqual(await refused(update({ UserName: "ann", ...input })), {
        code: "NoSuchEntity",
        message: "Login Profile for User ann cannot be found.",
        status: 404,
      });
    }
    assert.deepEqual(await refused(update({ UserName: "nobody" })), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    assert.equal((await refused(update({}, bob.iam))).code, "AccessDenied");
  });
});
