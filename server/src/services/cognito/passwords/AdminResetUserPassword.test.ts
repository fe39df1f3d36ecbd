import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminGetUserCommand, AdminResetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { lastCode } from "../../../../test/codes.ts";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createSomebody, createUser } from "../../../../test/pool-users.ts";

suite("AdminResetUserPassword", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const reset = (Username: string, pool = UserPoolId) =>
    h.cognito.send(new AdminResetUserPasswordCommand({ UserPoolId: pool, Username }));

  test("the user must choose a new password, and is sent a code for it", async () => {
    await createSomebody(h, UserPoolId, "ann");
    await reset("ann");
    const { UserStatus } = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    assert.equal(UserStatus, "RESET_REQUIRED");
    assert.match(await lastCode(h, "ann@example.com"), /^\d{6}$/);
  });

  test("who has a temporary password, no verified address, or is nobody", async () => {
    await createSomebody(h, UserPoolId, "bob", { isTemporary: true });
    assert.deepEqual(await refused(reset("bob")), {
      code: "NotAuthorizedException",
      message: "User password cannot be reset in the current state.",
      status: 400,
    });
    await createUser(h, UserPoolId, "cid");
    assert.equal((await refused(reset("cid"))).code, "NotAuthorizedException");
    assert.deepEqual(await refused(reset("nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(reset("ann", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
