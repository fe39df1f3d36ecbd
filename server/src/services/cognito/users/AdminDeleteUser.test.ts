import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  DescribeUserPoolCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

suite("AdminDeleteUser", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h, { AliasAttributes: ["email"] });
  const remove = (Username: string, pool = UserPoolId) =>
    h.cognito.send(new AdminDeleteUserCommand({ UserPoolId: pool, Username }));
  const gone = { code: "UserNotFoundException", message: "User does not exist.", status: 400 };

  test("by alias; name and alias are free for another user, and lists and the count know it", async () => {
    const given = { attributes: { email: "ada@example.com", email_verified: "true" } };
    await createUser(h, UserPoolId, "grace");
    const first = await createUser(h, UserPoolId, "ada", given);
    await remove("ada@example.com");
    for (const Username of ["ada", "ada@example.com"]) {
      assert.deepEqual(await refused(h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }))), gone);
    }
    const found = await h.cognito.send(new ListUsersCommand({ UserPoolId, Filter: 'email ^= "ada"' }));
    assert.deepEqual(found.Users, []);
    const { UserPool } = await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.equal(UserPool?.EstimatedNumberOfUsers, 1);
    const second = await createUser(h, UserPoolId, "ada", given);
    assert.notEqual(second.Attributes?.at(-1)?.Value, first.Attributes?.at(-1)?.Value);
  });

  test("a user and a pool that are not there", async () => {
    assert.deepEqual(await refused(remove("nobody")), gone);
    assert.deepEqual(await refused(remove("ada", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
