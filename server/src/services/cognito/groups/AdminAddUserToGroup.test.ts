import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminAddUserToGroupCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  ListUsersInGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

suite("AdminAddUserToGroup", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(), quotas: { GroupsPerPoolUser: 2 } });
  const UserPoolId = await createPool(h, { AliasAttributes: ["email"] });
  for (const GroupName of ["readers", "writers", "others"]) {
    await h.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName }));
  }
  await createUser(h, UserPoolId, "ada", { attributes: { email: "ada@example.com", email_verified: "true" } });
  await createUser(h, UserPoolId, "grace");
  const add = (given: object = {}) =>
    h.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName: "readers", Username: "ada", ...given }));
  const remove = (given: object = {}) =>
    h.cognito.send(
      new AdminRemoveUserFromGroupCommand({ UserPoolId, GroupName: "readers", Username: "ada", ...given }),
    );
  const members = async (GroupName = "readers") =>
    (await h.cognito.send(new ListUsersInGroupCommand({ UserPoolId, GroupName }))).Users?.map(
      ({ Username }) => Username,
    );

  test("by username and by alias, once or twice, and only into that group", async () => {
    await add();
    await add();
    assert.deepEqual(await members(), ["ada"]);
    await remove();
    await add({ Username: "ada@example.com" });
    assert.deepEqual([await members(), await members("writers")], [["ada"], []]);
  });

  test("no more groups than the quota", async () => {
    await add({ GroupName: "writers" });
    assert.deepEqual(await refused(add({ GroupName: "others" })), {
      code: "InvalidParameterException",
      message: "A user cannot be in more than 2 groups.",
      status: 400,
    });
    assert.deepEqual(await members("others"), []);
    // Who is in it already is not one more.
    await add({ GroupName: "writers" });
  });

  test("a user, a group, a pool that is not there", async () => {
    assert.deepEqual(await refused(add({ Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(add({ GroupName: "nothing", Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(add({ GroupName: "nothing" })), {
      code: "ResourceNotFoundException",
      message: "Group not found.",
      status: 400,
    });
    assert.deepEqual(await refused(add({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
