import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateGroupCommand,
  GetGroupCommand,
  UpdateGroupCommand,
  type UpdateGroupCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest, testAccount } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool } from "../../../../test/pool-users.ts";

suite("UpdateGroup", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const update = (given: Partial<UpdateGroupCommandInput>) =>
    h.cognito.send(new UpdateGroupCommand({ UserPoolId, GroupName: "readers", ...given }));

  test("changes what is given, keeps the rest, and says when", async () => {
    const { Group: made } = await h.cognito.send(
      new CreateGroupCommand({ UserPoolId, GroupName: "readers", Description: "They read", Precedence: 7 }),
    );
    h.clock.set(startOfTest + 5000);
    const RoleArn = `arn:aws:iam::${testAccount}:role/reader`;
    const { Group } = await update({ Precedence: 0, RoleArn });
    assert.deepEqual(Group, {
      ...made,
      Precedence: 0,
      RoleArn,
      LastModifiedDate: new Date(startOfTest + 5000),
    });
    const got = await h.cognito.send(new GetGroupCommand({ UserPoolId, GroupName: "readers" }));
    assert.deepEqual(got.Group, Group);
  });

  test("a group and a pool that are not there, a precedence below zero", async () => {
    assert.deepEqual(await refused(update({ GroupName: "nobody" })), {
      code: "ResourceNotFoundException",
      message: "Group not found.",
      status: 400,
    });
    assert.deepEqual(await refused(update({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(update({ Precedence: -1 })), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value '-1' at 'precedence' failed to satisfy constraint: Member must have value greater than or equal to 0",
      status: 400,
    });
  });
});
