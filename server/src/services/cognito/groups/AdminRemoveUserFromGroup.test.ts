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

suite("AdminRemoveUserFromGroup", async () => {
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

  test("out of that group alone, and again", async () => {
    await add();
    await add({ GroupName: "writers" });
    await add({ Username: "grace" });
    await remove();
    await remove();
    assert.deepEqual([await members(), await members("writers")], [["grace"], ["ada"]]);
  });

  test("a user, a group, a pool that is not there", async () => {
    assert.deepEqual(await refused(remove({ Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(remove({ GroupName: "nothing", Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    await remove({ GroupName: "nothing" });
    assert.deepEqual(await refused(remove({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
