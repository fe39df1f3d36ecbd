import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateGroupCommand,
  type CreateGroupCommandInput,
  DeleteUserPoolCommand,
  GetGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool } from "../../../../test/pool-users.ts";
import { poolGroups } from "../../../store/pool-groups.ts";

suite("CreateGroup", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(), quotas: { GroupsPerUserPool: 3 } });
  const UserPoolId = await createPool(h);
  const create = (GroupName: string, given: Partial<CreateGroupCommandInput> = {}, cognito = h.cognito) =>
    cognito.send(new CreateGroupCommand({ UserPoolId, GroupName, ...given }));

  test("a group with a name alone, and one with everything, as GetGroup answers them, too", async () => {
    const at = new Date(startOfTest);
    const { Group: plain } = await create("plain");
    assert.deepEqual(plain, { GroupName: "plain", UserPoolId, CreationDate: at, LastModifiedDate: at });
    const given = { Description: "Who may", Precedence: 0, RoleArn: `arn:aws:iam::${testAccount}:role/admin` };
    const { Group: full } = await create("full", given);
    assert.deepEqual(full, { GroupName: "full", UserPoolId, ...given, CreationDate: at, LastModifiedDate: at });
    for (const group of [plain, full]) {
      const got = await h.cognito.send(new GetGroupCommand({ UserPoolId, GroupName: group?.GroupName }));
      assert.deepEqual(got.Group, group);
    }
  });

  test("names tell cases apart, and one is given once", async () => {
    await create("PLAIN");
    assert.deepEqual(await refused(create("plain")), {
      code: "GroupExistsException",
      message: "A group with the name already exists.",
      status: 400,
    });
  });

  test("no more than the quota", async () => {
    assert.deepEqual(await refused(create("fourth")), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 3 groups.",
      status: 400,
    });
  });

  test("a role that is no ARN, a pool that is not there", async () => {
    const { code, message } = await refused(create("role", { RoleArn: "admin-of-everything-here" }));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /^1 validation error detected: Value 'admin-of-everything-here' at 'roleArn' failed/);
    assert.deepEqual(await refused(create("lost", { UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });

  test("policies look at the pool", async () => {
    const arn = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${UserPoolId}`;
    const other = await userWithKey(h, "other", allow("cognito-idp:CreateGroup", `${arn}x`));
    assert.deepEqual(await refused(create("denied", {}, other.cognito)), {
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/other is not authorized to perform: cognito-idp:CreateGroup on resource: ${arn} because no identity-based policy allows the cognito-idp:CreateGroup action`,
      status: 400,
    });
  });

  test("a pool takes its groups with it", async () => {
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
    const left = await h.environment.store.read(async (tx) => [
      await poolGroups.list(tx, UserPoolId, "", 10),
      await poolGroups.count(tx, UserPoolId),
    ]);
    assert.deepEqual(left, [[], 0]);
  });
});
