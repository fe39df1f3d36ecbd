import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode, otherCode } from "../../../../test/codes.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { createClient, createPool, createSomebody, password } from "../../../../test/pool-users.ts";

suite("ConfirmForgotPassword", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h, { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } });
  const ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH" as const];
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows });
  const discreet = await createClient(h, UserPoolId, { PreventUserExistenceErrors: "ENABLED" });
  const forgot = async (Username: string) => {
    await h.cognito.send(new ForgotPasswordCommand({ ClientId, Username }));
    return lastCode(h, `${Username}@example.com`);
  };
  const confirm = (Username: string, ConfirmationCode: string, Password: string, client = ClientId) =>
    h.cognito.send(new ConfirmForgotPasswordCommand({ ClientId: client, Username, ConfirmationCode, Password }));
  const signIn = (USERNAME: string, PASSWORD: string) =>
    h.cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      }),
    );
  const expired = {
    code: "ExpiredCodeException",
    message: "Invalid code provided, please request a code again.",
    status: 400,
  };

  test("the code lets a new password in, once, and the old one is none", async () => {
    await createSomebody(h, UserPoolId, "ann");
    const code = await forgot("ann");
    await confirm("ann", code, "Other-word-2");
    assert.ok((await signIn("ann", "Other-word-2")).AuthenticationResult !== undefined);
    assert.equal((await refused(signIn("ann", password))).code, "NotAuthorizedException");
    assert.deepEqual(await refused(confirm("ann", code, "Third-word-3")), expired);
  });

  test("a password that the policy or the history refuses leaves the code as it is", async () => {
    await createSomebody(h, UserPoolId, "bob");
    const code = await forgot("bob");
    assert.deepEqual(await refused(confirm("bob", code, "short")), {
      code: "InvalidPasswordException",
      message: "Password does not conform to policy: Password not long enough",
      status: 400,
    });
    assert.deepEqual(await refused(confirm("bob", code, password)), {
      code: "PasswordHistoryPolicyViolationException",
      message: "Password has previously been used.",
      status: 400,
    });
    // Who has no code learns nothing of the history.
    assert.equal((await refused(confirm("bob", otherCode(code), password))).code, "CodeMismatchException");
    await confirm("bob", code, "Other-word-2");
  });

  test("a wrong code, an old one, and none", async () => {
    await createSomebody(h, UserPoolId, "cid");
    assert.deepEqual(await refused(confirm("cid", "123456", "Other-word-2")), expired);
    const code = await forgot("cid");
    assert.deepEqual(await refused(confirm("cid", otherCode(code), "Other-word-2")), {
      code: "CodeMismatchException",
      message: "Invalid verification code provided, please try again.",
      status: 400,
    });
    h.clock.set(startOfTest + 3_600_000);
    assert.deepEqual(await refused(confirm("cid", code, "Other-word-2")), expired);
    h.clock.set(startOfTest);
  });

  test("who had to choose a new one is confirmed again", async () => {
    await createSomebody(h, UserPoolId, "dan");
    await h.cognito.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: "dan" }));
    assert.deepEqual(await refused(signIn("dan", password)), {
      code: "PasswordResetRequiredException",
      message: "Password reset required for the user",
      status: 400,
    });
    await confirm("dan", await lastCode(h, "dan@example.com"), "Other-word-2");
    const { UserStatus } = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "dan" }));
    assert.equal(UserStatus, "CONFIRMED");
    await signIn("dan", "Other-word-2");
  });

  test("who is nobody, as far as a client may know", async () => {
    assert.deepEqual(await refused(confirm("nobody", "123456", "Other-word-2")), {
      code: "UserNotFoundException",
      message: "Username/client id combination not found.",
      status: 400,
    });
    assert.deepEqual(await refused(confirm("nobody", "123456", "Other-word-2", discreet.ClientId)), expired);
  });
});
