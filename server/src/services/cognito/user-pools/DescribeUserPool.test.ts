import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { userPools } from "../../../store/user-pools.ts";

suite("DescribeUserPool", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const create = async (UserPoolTags: Record<string, string> = {}, cognito = h.cognito) => {
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "example", UserPoolTags }));
    return { id: UserPool?.Id ?? "", arn: UserPool?.Arn ?? "" };
  };
  const describe = (UserPoolId: string, cognito = h.cognito) =>
    cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  const missing = (id: string) => ({
    code: "ResourceNotFoundException",
    message: `User pool ${id} does not exist.`,
    status: 400,
  });

  test("answers the pool of its id, with its tags", async () => {
    const { id } = await create();
    assert.equal((await describe(id)).UserPool?.Id, id);
    assert.deepEqual((await describe(id)).UserPool?.UserPoolTags, {});
    const tagged = await create({ team: "a" });
    assert.deepEqual((await describe(tagged.id)).UserPool?.UserPoolTags, { team: "a" });
  });

  test("a pool that never was, that was deleted, of another region and of another account is not there", async () => {
    const { id } = await create();
    assert.deepEqual(await refused(describe("us-east-1_AbCdEfGhI")), missing("us-east-1_AbCdEfGhI"));
    assert.deepEqual(await refused(describe(id, h.as(h.root, "eu-west-1").cognito)), missing(id));
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: id }));
    assert.deepEqual(await refused(describe(id)), missing(id));

    const { store } = h.environment;
    const own = await store.read((tx) => userPools.list(tx, testAccount, "us-east-1", "", 1));
    const [pool] = own;
    assert.ok(pool !== undefined);
    await store.write((tx) =>
      userPools.insert(tx, { ...pool, pool_id: "us-east-1_Strangers", account_id: "210987654321" }),
    );
    assert.deepEqual(await refused(describe("us-east-1_Strangers")), missing("us-east-1_Strangers"));
  });

  test("refuses what is no id", async () => {
    assert.deepEqual(await refused(describe("pool")), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value 'pool' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
      status: 400,
    });
  });

  test("a user needs permission on the pool, and learns nothing of others", async () => {
    const mine = await create({ team: "a" });
    const other = await create({ team: "b" });
    const denied = (arn: string) => ({
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: cognito-idp:DescribeUserPool on resource: ${arn} because no identity-based policy allows the cognito-idp:DescribeUserPool action`,
      status: 400,
    });
    const ann = await userWithKey(h, "ann", allow("cognito-idp:DescribeUserPool", mine.arn));
    assert.equal((await describe(mine.id, ann.cognito)).UserPool?.Id, mine.id);
    assert.deepEqual(await refused(describe(other.id, ann.cognito)), denied(other.arn));
    assert.deepEqual(
      await refused(describe("us-east-1_AbCdEfGhI", ann.cognito)),
      denied(`arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/us-east-1_AbCdEfGhI`),
    );

    const byTag = allow("cognito-idp:DescribeUserPool", "*", { StringEquals: { "aws:ResourceTag/team": "b" } });
    const bob = await userWithKey(h, "bob", byTag);
    assert.equal((await describe(other.id, bob.cognito)).UserPool?.Id, other.id);
    assert.equal((await refused(describe(mine.id, bob.cognito))).code, "AccessDeniedException");
  });
});
