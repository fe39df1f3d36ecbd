import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteAccessKeyCommand, GetAccessKeyLastUsedCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";

suite("GetAccessKeyLastUsed", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "Ann", allow("iam:ListUsers"));
  const lastUsed = async (AccessKeyId: string, iam = h.iam) => {
    const { $metadata: _, ...answer } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
    return answer;
  };
  const use = (hours: number, Region: string, ServiceName: string) => ({
    UserName: "Ann",
    AccessKeyLastUsed: { LastUsedDate: new Date(startOfTest + hours * 3_600_000), Region, ServiceName },
  });
  const refusal = (caller: string, id: string) => ({
    code: "AccessDenied",
    message: `User: arn:aws:iam::${testAccount}:${caller} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${id}`,
    status: 403,
  });

  test("a key that has signed nothing says N/A, and no date", async () => {
    assert.deepEqual(await lastUsed(ann.credentials.accessKeyId), {
      UserName: "Ann",
      AccessKeyLastUsed: { Region: "N/A", ServiceName: "N/A" },
    });
  });

  test("says when, where and for which service it last signed, allowed or not", async () => {
    await ann.iam.send(new ListUsersCommand({}));
    assert.deepEqual(await lastUsed(ann.credentials.accessKeyId), use(0, "us-east-1", "iam"));
    h.clock.set(startOfTest + 3_600_000);
    await h.as(ann.credentials, "eu-central-1").sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual(await lastUsed(ann.credentials.accessKeyId), use(1, "eu-central-1", "sts"));
    h.clock.set(startOfTest + 7_200_000);
    await refused(lastUsed(ann.credentials.accessKeyId, ann.iam));
    assert.deepEqual(await lastUsed(ann.credentials.accessKeyId), use(2, "us-east-1", "iam"));
    h.clock.set(startOfTest);
  });

  test("a wrong secret uses nobody's key", async () => {
    const bob = await userWithKey(h, "bob");
    const wrong = { ...bob.credentials, secretAccessKey: "x".repeat(40) };
    const { code } = await refused(h.as(wrong).sts.send(new GetCallerIdentityCommand({})));
    assert.equal(code, "SignatureDoesNotMatch");
    assert.deepEqual((await lastUsed(bob.credentials.accessKeyId)).AccessKeyLastUsed, {
      Region: "N/A",
      ServiceName: "N/A",
    });
  });

  test("what was noted is kept when it is written", async () => {
    const before = await lastUsed(ann.credentials.accessKeyId);
    await h.environment.lastUsed.flush();
    assert.deepEqual(await lastUsed(ann.credentials.accessKeyId), before);
  });

  test("of root's key it tells, too", async () => {
    assert.deepEqual(await lastUsed(h.root.accessKeyId), { ...use(0, "us-east-1", "iam"), UserName: testAccount });
  });

  test("even root is refused of a key that is not there, or no more", async () => {
    assert.deepEqual(await refused(lastUsed("AKIAIOSFODNN7EXAMPLE")), refusal("root", "AKIAIOSFODNN7EXAMPLE"));
    const gone = await userWithKey(h, "gone");
    const AccessKeyId = gone.credentials.accessKeyId;
    await h.iam.send(new DeleteAccessKeyCommand({ UserName: "gone", AccessKeyId }));
    assert.deepEqual(await refused(lastUsed(AccessKeyId)), refusal("root", AccessKeyId));
  });

  test("who may ask of its own key is refused of others in those words, and learns not which ids are keys", async () => {
    const own = allow("iam:GetAccessKeyLastUsed", `arn:aws:iam::${testAccount}:user/eve`);
    const eve = await userWithKey(h, "eve", own);
    const { UserName } = await lastUsed(eve.credentials.accessKeyId, eve.iam);
    assert.equal(UserName, "eve");
    for (const id of [ann.credentials.accessKeyId, h.root.accessKeyId, "AKIAIOSFODNN7EXAMPLE"]) {
      assert.deepEqual(await refused(lastUsed(id, eve.iam)), refusal("user/eve", id));
    }
  });
});
