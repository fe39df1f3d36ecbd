import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreatePolicyVersionCommand, GetPolicyVersionCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("GetPolicyVersion", async () => {
  const h = await harness();
  const get = async (PolicyArn: string, VersionId: string, iam = h.iam) =>
    (await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))).PolicyVersion;

  test("answers a version with its document percent-encoded, whatever is in it", async () => {
    // Every printable character of ASCII and some of Latin-1, which RFC 3986 leaves five kinds of alone.
    const sid = JSON.stringify(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ é ÿ");
    const text = `{\r\n\t"Version": "2012-10-17",\n "Id": ${sid},\n "Statement": ${JSON.stringify([{ Effect: "Deny", Action: "s3:*", Resource: "*" }])}}`;
    const { Arn } = await createPolicy(h, "encoded", { PolicyDocument: text });
    const version = await get(Arn, "v1");
    assert.deepEqual(version, {
      Document: version?.Document,
      VersionId: "v1",
      IsDefaultVersion: true,
      CreateDate: new Date(startOfTest),
    });
    assert.match(version?.Document ?? "", /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/);
    assert.equal(decodeURIComponent(version?.Document ?? ""), text);
  });

  test("tells the default from the others", async () => {
    const { Arn } = await createPolicy(h, "versioned");
    await h.iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument: document("s3:*"), SetAsDefault: true }),
    );
    assert.equal((await get(Arn, "v1"))?.IsDefaultVersion, false);
    assert.equal((await get(Arn, "v2"))?.IsDefaultVersion, true);
  });

  test("reads AWS's own policies", async () => {
    const arn = await insertAwsPolicy(h, "ReadOnlyAccess", "/", "s3:Get*");
    assert.equal(decodeURIComponent((await get(arn, "v1"))?.Document ?? ""), document("s3:Get*"));
  });

  test("refuses a policy that is not there and a version that is not in the same words", async () => {
    const { Arn } = await createPolicy(h, "single");
    for (const [arn, version] of [
      [ownArn("TestNonExistingPolicy"), "v1"],
      [Arn, "v9"],
      [Arn, "v1.0"],
    ] as const) {
      assert.deepEqual(await refused(get(arn, version)), {
        code: "NoSuchEntity",
        message: `Policy ${arn} version ${version} does not exist or is not attachable.`,
        status: 404,
      });
    }
    assert.deepEqual(
      await refused(get(Arn, "v2-does-not-exist")),
      constraints(["versionId", "Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"]),
    );
  });

  test("who may not, is told so of versions that are there and others", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:GetPolicyVersion", ownArn("versioned")));
    assert.equal((await get(ownArn("versioned"), "v1", eve.iam))?.VersionId, "v1");
    for (const [arn, version] of [
      [ownArn("single"), "v1"],
      [ownArn("single"), "v9"],
      [ownArn("nothing"), "v1"],
    ] as const) {
      assert.deepEqual(await refused(get(arn, version, eve.iam)), accessDenied("eve", "iam:GetPolicyVersion", arn));
    }
  });
});
