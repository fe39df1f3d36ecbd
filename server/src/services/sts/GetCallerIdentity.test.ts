import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, PutUserPolicyCommand, UpdateUserCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { harness, testAccount, userWithKey } from "../../../test/harness.ts";

suite("GetCallerIdentity", async () => {
  const h = await harness();
  const identity = async (sts = h.sts) => {
    const { $metadata: _, ...answer } = await sts.send(new GetCallerIdentityCommand({}));
    return answer;
  };

  test("root is its account", async () => {
    assert.deepEqual(await identity(), {
      UserId: testAccount,
      Account: testAccount,
      Arn: `arn:aws:iam::${testAccount}:root`,
    });
  });

  test("a user is its unique id, and its ARN of now, path included", async () => {
    const ann = await userWithKey(h, "ann");
    const { UserId, ...rest } = await identity(ann.sts);
    assert.match(UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
    assert.deepEqual(rest, { Account: testAccount, Arn: `arn:aws:iam::${testAccount}:user/ann` });
    await h.iam.send(new UpdateUserCommand({ UserName: "ann", NewUserName: "Anna", NewPath: "/team/" }));
    assert.deepEqual(await identity(ann.sts), { ...rest, UserId, Arn: `arn:aws:iam::${testAccount}:user/team/Anna` });
  });

  test("no policy stops it, not even one that denies everything", async () => {
    const bob = await userWithKey(h, "bob");
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
    });
    await h.iam.send(new PutUserPolicyCommand({ UserName: "bob", PolicyName: "deny", PolicyDocument }));
    assert.equal((await identity(bob.sts)).Arn, `arn:aws:iam::${testAccount}:user/bob`);
  });

  test("the region that signs says in which partition the caller is", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "carl" }));
    for (const [region, partition] of [
      ["eu-central-1", "aws"],
      ["cn-north-1", "aws-cn"],
      ["us-gov-west-1", "aws-us-gov"],
    ] as const) {
      const { Arn } = await identity(h.as(h.root, region).sts);
      assert.equal(Arn, `arn:${partition}:iam::${testAccount}:root`);
    }
  });
});
