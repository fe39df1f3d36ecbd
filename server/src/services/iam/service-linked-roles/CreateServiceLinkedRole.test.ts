import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateServiceLinkedRoleCommand,
  DeleteServiceLinkedRoleCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { insertAwsPolicy } from "../../../../test/policies.ts";
import { accessDenied, protectedRole } from "../../../../test/refusals.ts";

suite("CreateServiceLinkedRole", async () => {
  const h = await harness();
  const create = (AWSServiceName: string, CustomSuffix?: string, iam = h.iam) =>
    iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName, CustomSuffix, Description: "ours" }));

  test("makes the service's role, which its service alone may assume", async () => {
    const { Role } = await create("batch.amazonaws.com");
    assert.equal(
      Role?.Arn,
      `arn:aws:iam::${testAccount}:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch`,
    );
    assert.deepEqual(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")), {
      Version: "2012-10-17",
      Statement: [{ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: ["batch.amazonaws.com"] } }],
    });
    const found = await h.iam.send(new GetRoleCommand({ RoleName: "AWSServiceRoleForBatch" }));
    assert.deepEqual(
      { ...found.Role, AssumeRolePolicyDocument: decodeURIComponent(found.Role?.AssumeRolePolicyDocument ?? "") },
      {
        ...Role,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "batch.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
        Description: "ours",
        MaxSessionDuration: 3600,
        RoleLastUsed: {},
      },
    );
  });

  test("attaches the service's policy, which nobody can detach", async () => {
    const arn = await insertAwsPolicy(h, "AWSBackupServiceLinkedRolePolicyForBackup", "/aws-service-role/");
    const { Role } = await create("backup.amazonaws.com");
    const RoleName = Role?.RoleName ?? "";
    const attached = async () =>
      (await h.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies?.map(
        (each) => each.PolicyArn,
      );
    assert.deepEqual(await attached(), [arn]);
    const detach = h.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: arn }));
    assert.deepEqual(await refused(detach), protectedRole(RoleName));
    await h.iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
    const { Policy } = await h.iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    assert.equal(Policy?.AttachmentCount, 0);
  });

  test("several where the service takes suffixes", async () => {
    const made = [await create("autoscaling.amazonaws.com"), await create("autoscaling.amazonaws.com", "second")];
    assert.deepEqual(
      made.map(({ Role }) => Role?.RoleName),
      ["AWSServiceRoleForAutoScaling", "AWSServiceRoleForAutoScaling_second"],
    );
  });

  test("refuses a second one, a suffix where there is none, and a service that has no such role", async () => {
    const invalid = (message: string) => ({ code: "InvalidInput", message, status: 400 });
    assert.deepEqual(
      await refused(create("batch.amazonaws.com")),
      invalid(
        "Service role name AWSServiceRoleForBatch has been taken in this account, please try a different suffix.",
      ),
    );
    assert.deepEqual(
      await refused(create("eks.amazonaws.com", "second")),
      invalid("Custom suffix is not allowed for eks.amazonaws.com"),
    );
    assert.deepEqual(
      await refused(create("none.amazonaws.com")),
      invalid("No service-linked role is known for none.amazonaws.com"),
    );
  });

  test("policies see whose role it is", async () => {
    const eve = await userWithKey(h, "eve", {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "iam:CreateServiceLinkedRole",
          Resource: "*",
          Condition: { StringEquals: { "iam:AWSServiceName": "ecs.amazonaws.com" } },
        },
      ],
    });
    await create("ecs.amazonaws.com", undefined, eve.iam);
    const resource = `arn:aws:iam::${testAccount}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`;
    assert.deepEqual(
      await refused(create("eks.amazonaws.com", undefined, eve.iam)),
      accessDenied("eve", "iam:CreateServiceLinkedRole", resource),
    );
  });
});
