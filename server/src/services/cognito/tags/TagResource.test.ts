import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

suite("TagResource", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const create = async (UserPoolTags: Record<string, string> = {}) => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example", UserPoolTags }));
    return { id: UserPool?.Id ?? "", arn: UserPool?.Arn ?? "" };
  };
  const tag = (ResourceArn: string, Tags: Record<string, string>, cognito = h.cognito) =>
    cognito.send(new TagResourceCommand({ ResourceArn, Tags }));
  const tagsOf = async (ResourceArn: string) =>
    (await h.cognito.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
  const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

  test("adds and overwrites, keys by their case; the pool has not changed by that", async () => {
    const { id, arn } = await create({ team: "a" });
    h.clock.set(startOfTest + 1000);
    const { $metadata, ...answer } = await tag(arn, { team: "b", Team: "c", owner: "" });
    h.clock.set(startOfTest);
    assert.deepEqual(answer, {});
    assert.deepEqual(await tagsOf(arn), { team: "b", Team: "c", owner: "" });
    const { UserPool } = await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
    assert.deepEqual(UserPool?.UserPoolTags, { team: "b", Team: "c", owner: "" });
    assert.deepEqual(UserPool?.LastModifiedDate, new Date(startOfTest));
  });

  test("a key is a key, whatever it means elsewhere", async () => {
    const { arn } = await create();
    const odd = JSON.parse('{"__proto__":"a","constructor":"b","Ünï cödé/+=:@-_.":"c"}');
    await tag(arn, odd);
    assert.deepEqual(await tagsOf(arn), odd);
  });

  test("a pool has as many as 50 tags, none of AWS's own", async () => {
    const { arn } = await create();
    const tags = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`key-${from + at}`, "value"]));
    await tag(arn, tags(0, 49));
    assert.deepEqual(await refused(tag(arn, tags(49, 2))), invalid("A user pool can have as many as 50 tags."));
    assert.equal(Object.keys((await tagsOf(arn)) ?? {}).length, 49);
    await tag(arn, tags(0, 50));
    assert.deepEqual(
      await refused(tag(arn, { "aws:team": "a" })),
      invalid("aws: prefixed tag key names are not allowed for external use."),
    );
    assert.deepEqual(await tagsOf(arn), tags(0, 50));
  });

  test("tags given at once are all kept", async () => {
    const { arn } = await create();
    await Promise.all(Array.from({ length: 20 }, (_, at) => tag(arn, { [`key-${at}`]: "value" })));
    assert.equal(Object.keys((await tagsOf(arn)) ?? {}).length, 20);
  });

  test("refuses ARNs of what is not there, of others, and of what is no user pool", async () => {
    const { id, arn } = await create();
    const missing = (poolId: string) => ({
      code: "ResourceNotFoundException",
      message: `User pool ${poolId} does not exist.`,
      status: 400,
    });
    const never = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/us-east-1_AbCdEfGhI`;
    assert.deepEqual(await refused(tag(never, { a: "b" })), missing("us-east-1_AbCdEfGhI"));
    for (const other of [
      arn.replace(testAccount, "210987654321"),
      arn.replace("cognito-idp:us-east-1", "cognito-idp:eu-west-1"),
      arn.replace("arn:aws:", "arn:aws-cn:"),
    ]) {
      assert.deepEqual(await refused(tag(other, { a: "b" })), missing(id));
    }
    assert.deepEqual(await refused(tag(arn, { a: "b" }, h.as(h.root, "eu-west-1").cognito)), missing(id));
    const user = `arn:aws:iam::${testAccount}:user/ann`;
    assert.deepEqual(await refused(tag(user, { a: "b" })), invalid(`${user} is not the ARN of a user pool.`));
    assert.deepEqual(await tagsOf(arn), {});
  });

  test("a user needs permission on the pool, which tags of either side may narrow", async () => {
    const mine = await create({ team: "a" });
    const other = await create({ team: "b" });
    const ann = await userWithKey(
      h,
      "ann",
      allow("cognito-idp:TagResource", `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/*`, {
        StringEquals: { "aws:ResourceTag/team": "a", "aws:RequestTag/level": "1" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["level"] },
      }),
    );
    await tag(mine.arn, { level: "1" }, ann.cognito);
    const denied = (arn: string) => ({
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: cognito-idp:TagResource on resource: ${arn} because no identity-based policy allows the cognito-idp:TagResource action`,
      status: 400,
    });
    assert.deepEqual(await refused(tag(mine.arn, { level: "2" }, ann.cognito)), denied(mine.arn));
    assert.deepEqual(await refused(tag(mine.arn, { level: "1", team: "b" }, ann.cognito)), denied(mine.arn));
    assert.deepEqual(await refused(tag(other.arn, { level: "1" }, ann.cognito)), denied(other.arn));
    const never = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/us-east-1_AbCdEfGhI`;
    assert.deepEqual(await refused(tag(never, { level: "1" }, ann.cognito)), denied(never));
    assert.deepEqual(await tagsOf(mine.arn), { team: "a", level: "1" });
  });
});
