import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateGroupCommand, ListGroupsCommand, paginateListGroups } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool } from "../../../../test/pool-users.ts";

suite("ListGroups", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const list = (given: object = {}) => h.cognito.send(new ListGroupsCommand({ UserPoolId, ...given }));

  test("65 groups of one pool, page by page, each once", async () => {
    assert.deepEqual((await list()).Groups, []);
    await h.cognito.send(new CreateGroupCommand({ UserPoolId: await createPool(h), GroupName: "elsewhere" }));
    const made = [];
    for (let at = 10; at < 75; at++) {
      const { Group } = await h.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: `group-${at}` }));
      made.push(Group);
    }
    assert.equal((await list()).Groups?.length, 60);
    // Zero is how clients with plain numbers say nothing.
    assert.deepEqual(await refused(list({ Limit: 0 })), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
      status: 400,
    });
    const pages = [];
    for await (const page of paginateListGroups({ client: h.cognito, pageSize: 30 }, { UserPoolId })) {
      pages.push(page.Groups ?? []);
    }
    assert.deepEqual(
      pages.map((page) => page.length),
      [30, 30, 5],
    );
    assert.deepEqual(pages.flat(), made);
  });

  test("a token that is none, a page too long, a pool that is not there", async () => {
    const wrong = await refused(list({ NextToken: "nothing" }));
    assert.equal(wrong.code, "InvalidParameterException");
    assert.match(wrong.message, /^Paging marker nothing is invalid for request [0-9a-f-]{36}$/);
    assert.deepEqual(await refused(list({ Limit: 61 })), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60",
      status: 400,
    });
    assert.deepEqual(await refused(list({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
