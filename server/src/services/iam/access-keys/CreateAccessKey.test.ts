import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  ListAccessKeysCommand,
} from "@aws-sdk/client-iam";
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, noSuchUser } from "../../../../test/refusals.ts";

suite("CreateAccessKey", async () => {
  const h = await harness();
  const arn = `arn:aws:iam::${testAccount}:user`;
  const create = async (UserName: string | undefined, iam = h.iam) =>
    (await iam.send(new CreateAccessKeyCommand({ UserName }))).AccessKey;
  const list = async (UserName: string | undefined, iam = h.iam) =>
    (await iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata ?? [];
  const quota = {
    code: "LimitExceeded",
    message: "Cannot exceed quota for AccessKeysPerUser: 2",
    status: 409,
  };

  test("answers the whole key, with a secret that signs and is never told again", async () => {
    const { User } = await h.iam.send(new CreateUserCommand({ UserName: "Ann" }));
    const key = await create("ANN");
    const { SecretAccessKey = "", ...told } = key ?? assert.fail();
    assert.deepEqual(told, {
      UserName: "Ann",
      AccessKeyId: told.AccessKeyId,
      Status: "Active",
      CreateDate: new Date(startOfTest),
    });
    const accessKeyId = told.AccessKeyId ?? "";
    assert.match(accessKeyId, /^AKIA[A-Z2-7]{16}$/);
    assert.match(SecretAccessKey, /^[A-Za-z0-9+/]{40}$/);
    const { sts } = h.as({ accessKeyId, secretAccessKey: SecretAccessKey });
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).UserId, User?.UserId);
    assert.deepEqual(await list("ann"), [told]);
    // As on AWS the id carries the account.
    const { Account } = await h.sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: accessKeyId }));
    assert.equal(Account, testAccount);
  });

  test("refuses the third, until another is deleted", async () => {
    await create("ann");
    assert.deepEqual(await refused(create("ann")), quota);
    const [{ AccessKeyId } = {}] = await list("ann");
    await h.iam.send(new DeleteAccessKeyCommand({ UserName: "ann", AccessKeyId }));
    await create("ann");
    assert.equal((await list("ann")).length, 2);
  });

  test("without a user name it is a key of the user who signed, or of root", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:*AccessKey*", `${arn}/bob`));
    assert.equal((await create(undefined, bob.iam))?.UserName, "bob");
    assert.deepEqual(await refused(create(undefined, bob.iam)), quota);
    const key = await create(undefined);
    assert.equal(key?.UserName, testAccount);
    const own = h.as({ accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" });
    const identity = await own.sts.send(new GetCallerIdentityCommand({}));
    assert.equal(identity.Arn, `arn:aws:iam::${testAccount}:root`);
    assert.deepEqual(await refused(create(undefined)), quota);
    assert.equal((await list(undefined)).length, 2);
  });

  test("refuses a user that is not there", async () => {
    assert.deepEqual(await refused(create("nonexistent-user")), noSuchUser("nonexistent-user"));
  });

  test("who may make its own may make nobody else's, and learns no name", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:CreateAccessKey", `${arn}/eve`));
    for (const name of ["Ann", "nobody"]) {
      assert.deepEqual(
        await refused(create(name, eve.iam)),
        accessDenied("eve", "iam:CreateAccessKey", `${arn}/${name}`),
      );
    }
  });

  test("of ten at once exactly two succeed", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "race" }));
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => create("race")));
    const made = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value?.AccessKeyId] : []));
    assert.equal(made.length, 2);
    assert.deepEqual(new Set((await list("race")).map((key) => key.AccessKeyId)), new Set(made));
    for (const answer of answers) {
      if (answer.status === "rejected") assert.equal(answer.reason.message, quota.message);
    }
  });
});
