import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, documentOfSize, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("CreatePolicyVersion", async () => {
  const h = await harness();
  const create = async (PolicyArn: string, PolicyDocument = document(), SetAsDefault?: boolean, iam = h.iam) =>
    (await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault }))).PolicyVersion;
  const versions = async (PolicyArn: string) =>
    (await h.iam.send(new ListPolicyVersionsCommand({ PolicyArn }))).Versions?.map((version) => version.VersionId);
  const updated = async (PolicyArn: string) =>
    (await h.iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.UpdateDate?.getTime();

  test("adds a version, and makes it the default where asked", async () => {
    const { Arn } = await createPolicy(h, "versioned");
    h.clock.set(startOfTest + 60_000);
    assert.deepEqual(await create(Arn, document("s3:ListBucket")), {
      VersionId: "v2",
      IsDefaultVersion: false,
      CreateDate: new Date(startOfTest + 60_000),
    });
    assert.equal((await h.iam.send(new GetPolicyCommand({ PolicyArn: Arn }))).Policy?.DefaultVersionId, "v1");
    assert.equal((await create(Arn, document("s3:PutObject"), true))?.IsDefaultVersion, true);
    assert.equal((await h.iam.send(new GetPolicyCommand({ PolicyArn: Arn }))).Policy?.DefaultVersionId, "v3");
    const { PolicyVersion } = await h.iam.send(new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId: "v2" }));
    assert.equal(decodeURIComponent(PolicyVersion?.Document ?? ""), document("s3:ListBucket"));
    h.clock.set(startOfTest);
  });

  test("the policy is updated when its newest version is made, not when another becomes the default", async () => {
    const { Arn } = await createPolicy(h, "dated");
    h.clock.set(startOfTest + 1000);
    await create(Arn);
    h.clock.set(startOfTest + 2000);
    await h.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: Arn, VersionId: "v2" }));
    assert.equal(await updated(Arn), startOfTest + 1000);
    h.clock.set(startOfTest);
  });

  test("there are five at a time, and no number is given twice", async () => {
    const { Arn } = await createPolicy(h, "full");
    for (let made = 0; made < 4; made++) await create(Arn);
    const message =
      "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
    assert.deepEqual(await refused(create(Arn)), { code: "LimitExceeded", message, status: 409 });
    await h.iam.send(new DeletePolicyVersionCommand({ PolicyArn: Arn, VersionId: "v5" }));
    assert.equal((await create(Arn))?.VersionId, "v6");
    assert.deepEqual(await versions(Arn), ["v6", "v4", "v3", "v2", "v1"]);
  });

  test("of ten at once, four get a number each", async () => {
    const { Arn } = await createPolicy(h, "raced");
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => create(Arn)));
    const made = results.flatMap((result) => (result.status === "fulfilled" ? [result.value?.VersionId] : []));
    assert.deepEqual(made.toSorted(), ["v2", "v3", "v4", "v5"]);
    assert.deepEqual(await versions(Arn), ["v5", "v4", "v3", "v2", "v1"]);
  });

  test("refuses malformed and too large documents", async () => {
    const { Arn } = await createPolicy(h, "strict");
    assert.deepEqual(await refused(create(Arn, "{}")), {
      code: "MalformedPolicyDocument",
      message: "Syntax errors in policy.",
      status: 400,
    });
    assert.deepEqual(await refused(create(Arn, documentOfSize(6145))), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for PolicySize: 6144",
      status: 409,
    });
    assert.equal((await create(Arn, documentOfSize(6144)))?.VersionId, "v2");
  });

  test("refuses what is not there, what is no policy, and policies outside the account, there or not", async () => {
    assert.deepEqual(await refused(create(ownArn("nothing"))), {
      code: "NoSuchEntity",
      message: `Policy ${ownArn("nothing")} was not found.`,
      status: 404,
    });
    assert.deepEqual(await refused(create("arn:aws:iam::123456789012:user/ann")), {
      code: "ValidationError",
      message: "ARN arn:aws:iam::123456789012:user/ann is not valid.",
      status: 400,
    });
    for (const arn of [
      await insertAwsPolicy(h, "AdministratorAccess"),
      "arn:aws:iam::aws:policy/Nonexistent",
      "arn:aws:iam::999999999999:policy/readers",
    ]) {
      assert.deepEqual(await refused(create(arn)), {
        code: "AccessDenied",
        message: "Cannot create versions for policies outside your own account.",
        status: 403,
      });
    }
  });

  test("who may not, is told so of policies that are there and others", async () => {
    await createPolicy(h, "held");
    const eve = await userWithKey(h, "eve", allow("iam:CreatePolicyVersion", ownArn("team/*")));
    for (const arn of [ownArn("held"), ownArn("nothing"), "arn:aws:iam::aws:policy/AdministratorAccess"]) {
      assert.deepEqual(
        await refused(create(arn, document(), false, eve.iam)),
        accessDenied("eve", "iam:CreatePolicyVersion", arn),
      );
    }
  });
});
