import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("GetPolicy", async () => {
  const h = await harness();
  const get = async (PolicyArn: string, iam = h.iam) => (await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy;

  test("answers the whole policy, with an empty list where it has no tags", async () => {
    const created = await createPolicy(h, "Readers", { Path: "/team/", Description: "Who may read" });
    assert.deepEqual(await get(created.Arn), {
      PolicyName: "Readers",
      PolicyId: created.PolicyId,
      Arn: ownArn("team/Readers"),
      Path: "/team/",
      DefaultVersionId: "v1",
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Description: "Who may read",
      CreateDate: new Date(startOfTest),
      UpdateDate: new Date(startOfTest),
      Tags: [],
    });
    const { Arn } = await createPolicy(h, "Plain", { Tags: [{ Key: "somekey", Value: "" }] });
    const plain = await get(Arn);
    assert.deepEqual([plain?.Description, plain?.Tags], [undefined, [{ Key: "somekey", Value: "" }]]);
  });

  test("counts who has it and whom it bounds, through attaching, detaching and deleting", async () => {
    const { Arn } = await createPolicy(h, "counted");
    const counts = async () => {
      const policy = await get(Arn);
      return [policy?.AttachmentCount, policy?.PermissionsBoundaryUsageCount];
    };
    const attach = (UserName: string) => h.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Arn }));
    await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
    await h.iam.send(new CreateUserCommand({ UserName: "bob", PermissionsBoundary: Arn }));
    await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
    assert.deepEqual(await counts(), [0, 1]);
    await attach("ann");
    await attach("ann");
    await attach("bob");
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: Arn }));
    assert.deepEqual(await counts(), [3, 1]);
    await h.iam.send(new DetachUserPolicyCommand({ UserName: "bob", PolicyArn: Arn }));
    assert.deepEqual(await counts(), [2, 1]);
    await h.iam.send(new DeleteUserCommand({ UserName: "bob" }));
    assert.deepEqual(await counts(), [2, 0]);
  });

  test("AWS's own policies are read like one's own, and counted by the account that asks", async () => {
    const arn = await insertAwsPolicy(h, "AWSLambdaBasicExecutionRole", "/service-role/");
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: arn }));
    const policy = await get(arn);
    assert.deepEqual(
      [policy?.Arn, policy?.Path, policy?.AttachmentCount, policy?.Description, policy?.Tags],
      [arn, "/service-role/", 1, "AWS's AWSLambdaBasicExecutionRole", []],
    );
  });

  test("refuses what is not there, in this account or another, and what is no policy's ARN", async () => {
    for (const arn of [
      ownArn("nothing"),
      ownArn("Readers"),
      ownArn("team/READERS"),
      "arn:aws:iam::aws:policy/Nonexistent",
      "arn:aws:iam::999999999999:policy/team/Readers",
    ]) {
      assert.deepEqual(await refused(get(arn)), {
        code: "NoSuchEntity",
        message: `Policy ${arn} was not found.`,
        status: 404,
      });
    }
    for (const arn of ["team/Readers/team/Readers", "arn:aws:iam::123456789012:group/staff", `${ownArn("team/")}`]) {
      assert.deepEqual(await refused(get(arn)), {
        code: "ValidationError",
        message: `ARN ${arn} is not valid.`,
        status: 400,
      });
    }
    assert.deepEqual(
      await refused(get("Readers")),
      constraints(["policyArn", "Member must have length greater than or equal to 20"]),
    );
  });

  test("refuses the ARN of another partition than the one that is called", async () => {
    const wrong = { code: "ValidationError", message: "Invalid ARN partition", status: 400 };
    assert.deepEqual(await refused(get("arn:aws-cn:iam::aws:policy/AdministratorAccess")), wrong);
    const china = h.as(h.root, "cn-north-1").iam;
    assert.deepEqual(await refused(get(ownArn("team/Readers"), china)), wrong);
    assert.equal(
      (await get("arn:aws-cn:iam::123456789012:policy/team/Readers", china))?.Arn,
      "arn:aws-cn:iam::123456789012:policy/team/Readers",
    );
  });

  test("who may not, is told so of policies that are there and others", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:GetPolicy", ownArn("team/*")));
    assert.equal((await get(ownArn("team/Readers"), eve.iam))?.PolicyName, "Readers");
    for (const arn of [ownArn("counted"), ownArn("nothing"), "arn:aws:iam::aws:policy/Nonexistent"]) {
      assert.deepEqual(await refused(get(arn, eve.iam)), accessDenied("eve", "iam:GetPolicy", arn));
    }
  });
});
