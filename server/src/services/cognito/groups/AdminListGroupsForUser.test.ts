import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  CreateGroupCommand,
  paginateAdminListGroupsForUser,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";
import { groupsByPrecedence } from "./group.ts";

suite("AdminListGroupsForUser", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const list = (given: object = {}) =>
    h.cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: "ada", ...given }));

  test("the user's groups, as they were made, page by page, and no others", async () => {
    await createUser(h, UserPoolId, "grace");
    const ada = await createUser(h, UserPoolId, "ada");
    assert.deepEqual((await list()).Groups, []);
    const made = [];
    for (const [GroupName, Precedence] of [
      ["a", 3],
      ["b", undefined],
      ["c", 0],
      ["d", 3],
    ] as const) {
      const { Group } = await h.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName, Precedence }));
      await h.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: "ada" }));
      made.push(Group);
    }
    await h.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "theirs" }));
    await h.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName: "theirs", Username: "grace" }));
    assert.deepEqual(await refused(list({ Limit: 0 })), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
      status: 400,
    });
    const pages = [];
    const input = { UserPoolId, Username: "ada" };
    for await (const page of paginateAdminListGroupsForUser({ client: h.cognito, pageSize: 3 }, input)) {
      pages.push(page.Groups ?? []);
    }
    assert.deepEqual(pages, [made.slice(0, 3), made.slice(3)]);
    const user_id = ada.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
    const groups = await h.environment.store.read((tx) => groupsByPrecedence(tx, { user_id }));
    assert.deepEqual(
      groups.map((group) => group.group_name),
      ["c", "a", "d", "b"],
    );
  });

  test("a token that is none, a user and a pool that are not there", async () => {
    const wrong = await refused(list({ NextToken: "nothing" }));
    assert.equal(wrong.code, "InvalidParameterException");
    assert.match(wrong.message, /^Paging marker nothing is invalid for request [0-9a-f-]{36}$/);
    assert.deepEqual(await refused(list({ Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(list({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
