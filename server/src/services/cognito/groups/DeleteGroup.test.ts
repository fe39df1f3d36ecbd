import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  ListGroupsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

suite("DeleteGroup", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(), quotas: { GroupsPerUserPool: 2 } });
  const UserPoolId = await createPool(h);
  const create = (GroupName: string) => h.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName }));
  const remove = (GroupName: string, pool = UserPoolId) =>
    h.cognito.send(new DeleteGroupCommand({ UserPoolId: pool, GroupName }));

  test("the group goes, its users stay and are in it no more, and it counts no longer", async () => {
    await create("readers");
    await create("writers");
    await createUser(h, UserPoolId, "ada");
    for (const GroupName of ["readers", "writers"]) {
      await h.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: "ada" }));
    }
    await remove("readers");
    const { Groups } = await h.cognito.send(new ListGroupsCommand({ UserPoolId }));
    assert.deepEqual(
      Groups?.map(({ GroupName }) => GroupName),
      ["writers"],
    );
    await create("readers");
    const left = await h.cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: "ada" }));
    assert.deepEqual(
      left.Groups?.map(({ GroupName }) => GroupName),
      ["writers"],
    );
  });

  test("a group and a pool that are not there", async () => {
    assert.deepEqual(await refused(remove("nobody")), {
      code: "ResourceNotFoundException",
      message: "Group not found.",
      status: 400,
    });
    assert.deepEqual(await refused(remove("readers", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
