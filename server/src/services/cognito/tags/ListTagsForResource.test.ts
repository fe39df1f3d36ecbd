import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserPoolCommand, ListTagsForResourceCommand } from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

suite("ListTagsForResource", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const create = async (UserPoolTags?: Record<string, string>) => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example", UserPoolTags }));
    return { id: UserPool?.Id ?? "", arn: UserPool?.Arn ?? "" };
  };
  const list = (ResourceArn: string, cognito = h.cognito) =>
    cognito.send(new ListTagsForResourceCommand({ ResourceArn }));

  test("answers the tags that the pool was made with", async () => {
    const { arn } = await create({ team: "a", owner: "" });
    assert.deepEqual((await list(arn)).Tags, { team: "a", owner: "" });
    assert.deepEqual((await list((await create()).arn)).Tags, {});
  });

  test("refuses ARNs of what is not there, of others, and of what is no user pool", async () => {
    const { id, arn } = await create();
    assert.deepEqual(await refused(list(arn.replace(testAccount, "210987654321"))), {
      code: "ResourceNotFoundException",
      message: `User pool ${id} does not exist.`,
      status: 400,
    });
    const identityPool = `arn:aws:cognito-identity:us-east-1:${testAccount}:identitypool/us-east-1:1`;
    assert.deepEqual(await refused(list(identityPool)), {
      code: "InvalidParameterException",
      message: `${identityPool} is not the ARN of a user pool.`,
      status: 400,
    });
    assert.deepEqual(await refused(list("us-east-1_AbCdEfGhIjKlM")), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value 'us-east-1_AbCdEfGhIjKlM' at 'resourceArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?",
      status: 400,
    });
  });

  test("a user needs permission on the pool", async () => {
    const { arn } = await create({ team: "a" });
    const ann = await userWithKey(h, "ann", allow("cognito-idp:ListTagsForResource", arn));
    assert.deepEqual((await list(arn, ann.cognito)).Tags, { team: "a" });
    const other = await create();
    assert.deepEqual(await refused(list(other.arn, ann.cognito)), {
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: cognito-idp:ListTagsForResource on resource: ${other.arn} because no identity-based policy allows the cognito-idp:ListTagsForResource action`,
      status: 400,
    });
  });
});
