import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { createClient, createPool, createUser, password } from "../../../../test/pool-users.ts";

suite("AdminSetUserPassword", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h, { Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } });
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] });
  await createUser(h, UserPoolId, "ann");
  const set = (Password: string, Permanent: boolean | undefined, Username = "ann", pool = UserPoolId) =>
    h.cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: pool, Username, Password, Permanent }));
  const signIn = (PASSWORD: string) =>
    h.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "ann", PASSWORD },
      }),
    );
  const status = async () =>
    (await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }))).UserStatus;

  test("for good, or until the user chooses another", async () => {
    await set(password, true);
    assert.equal(await status(), "CONFIRMED");
    assert.ok((await signIn(password)).AuthenticationResult !== undefined);
    await set("Other-word-2", undefined);
    assert.equal(await status(), "FORCE_CHANGE_PASSWORD");
    assert.equal((await signIn("Other-word-2")).ChallengeName, "NEW_PASSWORD_REQUIRED");
  });

  test("one that was used, one that the policy refuses, nobody and nowhere", async () => {
    await set(password, false);
    await set("Fresh-word-3", true);
    assert.deepEqual(await refused(set("Fresh-word-3", true)), {
      code: "PasswordHistoryPolicyViolationException",
      message: "Password has previously been used.",
      status: 400,
    });
    assert.deepEqual(await refused(set("Short-1", true)), {
      code: "InvalidPasswordException",
      message: "Password does not conform to policy: Password not long enough",
      status: 400,
    });
    assert.deepEqual(await refused(set(password, true, "nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(set(password, true, "ann", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
