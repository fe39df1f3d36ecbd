import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminAddUserToGroupCommand,
  AdminDeleteUserCommand,
  CreateGroupCommand,
  ListUsersInGroupCommand,
  paginateListUsersInGroup,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

suite("ListUsersInGroup", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const list = (given: object = {}) =>
    h.cognito.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: "readers", ...given }));

  test("the group's users, with attributes and status, page by page; who is deleted is in no group", async () => {
    await h.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "readers" }));
    assert.deepEqual((await list()).Users, []);
    const made = [];
    for (const Username of ["a", "b", "c", "d", "e"]) {
      const user = await createUser(h, UserPoolId, Username, { attributes: { name: Username.toUpperCase() } });
      if (Username === "a") continue;
      await h.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName: "readers", Username }));
      made.push(user);
    }
    await h.cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: "e" }));
    const pages = [];
    const input = { UserPoolId, GroupName: "readers" };
    for await (const page of paginateListUsersInGroup({ client: h.cognito, pageSize: 2 }, input)) {
      pages.push(page.Users ?? []);
    }
    assert.deepEqual(
      pages.map((page) => page.length),
      [2, 1],
    );
    assert.deepEqual(
      pages.flat().sort((one, other) => ((one.Username ?? "") < (other.Username ?? "") ? -1 : 1)),
      made.slice(0, 3),
    );
  });

  test("a token that is none, a group and a pool that are not there", async () => {
    const wrong = await refused(list({ NextToken: "nothing" }));
    assert.equal(wrong.code, "InvalidParameterException");
    assert.match(wrong.message, /^Paging marker nothing is invalid for request [0-9a-f-]{36}$/);
    assert.deepEqual(await refused(list({ GroupName: "nobody" })), {
      code: "ResourceNotFoundException",
      message: "Group not found.",
      status: 400,
    });
    assert.deepEqual(await refused(list({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
