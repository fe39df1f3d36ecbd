import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateGroupCommand, GetGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool } from "../../../../test/pool-users.ts";

suite("GetGroup", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const other = await createPool(h);
  const get = (GroupName: string, pool = UserPoolId) =>
    h.cognito.send(new GetGroupCommand({ UserPoolId: pool, GroupName }));

  test("a group of this pool, as it was made", async () => {
    const { Group } = await h.cognito.send(
      new CreateGroupCommand({ UserPoolId, GroupName: "readers", Description: "They read", Precedence: 7 }),
    );
    assert.deepEqual((await get("readers")).Group, Group);
  });

  test("a group that is another pool's, or nobody's, and a pool that is not there", async () => {
    await h.cognito.send(new CreateGroupCommand({ UserPoolId: other, GroupName: "writers" }));
    for (const name of ["writers", "Readers"]) {
      assert.deepEqual(await refused(get(name)), {
        code: "ResourceNotFoundException",
        message: "Group not found.",
        status: 400,
      });
    }
    assert.deepEqual(await refused(get("readers", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});
