import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  ListTagsForResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

suite("UntagResource", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const create = async (UserPoolTags: Record<string, string>) => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example", UserPoolTags }));
    return { id: UserPool?.Id ?? "", arn: UserPool?.Arn ?? "" };
  };
  const untag = (ResourceArn: string, TagKeys: string[], cognito = h.cognito) =>
    cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
  const tagsOf = async (ResourceArn: string) =>
    (await h.cognito.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;

  test("removes the tags of these keys, by their case; keys that are not there are no fault", async () => {
    const { id, arn } = await create({ team: "a", Team: "b", owner: "c" });
    const { $metadata, ...answer } = await untag(arn, ["team", "owner", "nothing"]);
    assert.deepEqual(answer, {});
    assert.deepEqual(await tagsOf(arn), { Team: "b" });
    const { UserPool } = await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
    assert.deepEqual(UserPool?.UserPoolTags, { Team: "b" });
    await untag(arn, []);
    assert.deepEqual(await tagsOf(arn), { Team: "b" });
    await untag(arn, ["Team"]);
    assert.deepEqual(await tagsOf(arn), {});
  });

  test("refuses ARNs of what is not there, of others, and of what is no user pool", async () => {
    const { id, arn } = await create({ team: "a" });
    assert.deepEqual(await refused(untag(arn.replace(testAccount, "210987654321"), ["team"])), {
      code: "ResourceNotFoundException",
      message: `User pool ${id} does not exist.`,
      status: 400,
    });
    const user = `arn:aws:iam::${testAccount}:user/ann`;
    assert.deepEqual(await refused(untag(user, ["team"])), {
      code: "InvalidParameterException",
      message: `${user} is not the ARN of a user pool.`,
      status: 400,
    });
    assert.deepEqual(await tagsOf(arn), { team: "a" });
  });

  test("a user needs permission on the pool, which the keys may narrow", async () => {
    const { arn } = await create({ team: "a", owner: "b" });
    const ann = await userWithKey(
      h,
      "ann",
      allow("cognito-idp:UntagResource", arn, { "ForAllValues:StringEquals": { "aws:TagKeys": ["owner"] } }),
    );
    assert.deepEqual(await refused(untag(arn, ["team"], ann.cognito)), {
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: cognito-idp:UntagResource on resource: ${arn} because no identity-based policy allows the cognito-idp:UntagResource action`,
      status: 400,
    });
    await untag(arn, ["owner"], ann.cognito);
    assert.deepEqual(await tagsOf(arn), { team: "a" });
  });
});
