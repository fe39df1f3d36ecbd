import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetRoleTemplateVersionCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("GetRoleTemplateVersion", async () => {
  const h = await harness();
  const get = async (TemplateArn: string, MinorVersion?: number, iam = h.iam) =>
    (await iam.send(new GetRoleTemplateVersionCommand({ TemplateArn, MinorVersion }))).RoleTemplateVersion;
  const template = (name: string) => `arn:aws:iam::aws:role-template/${name}:1`;
  const power = template("iam.amazonaws.com/PowerUserRoleTemplate");

  /** Recorded from AWS, 2026-09-12. */
  test("a template as AWS has it, by its default minor version and by its number", async () => {
    const { AssumeRolePolicyDocumentTemplate, ...rest } = (await get(power)) ?? {};
    assert.deepEqual(rest, {
      TemplateArn: power,
      TemplateName: "PowerUserRoleTemplate",
      TemplateVersionId: "AVTAZKAPJZG4N6BGA67NU",
      Description:
        "Creates a role that grants PowerUser permissions to the calling AWS service, allowing it to create and manage most AWS resources on your behalf. Intended for services that require wide-ranging permissions. The trusted service is configurable via the AWSServiceName parameter.",
      MajorVersion: 1,
      DefaultMinorVersion: 0,
      ManagedByType: "Service",
      ManagedByValue: "iam.amazonaws.com",
      Enabled: true,
      MinorVersion: 0,
      RoleNamePattern: "@{RoleName}",
      RoleDescriptionPattern: "Power user role for @{AWSServiceName}",
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"],
      ParametersDefinition: [
        {
          Name: "AWSServiceName",
          Type: "String",
          Description: "Service principal of the service",
          IsRequired: true,
          Immutable: false,
        },
        {
          Name: "RoleName",
          Type: "String",
          Description: "Customized name for the role",
          IsRequired: false,
          DefaultValue: "PowerUserRole",
          Immutable: false,
        },
      ],
      MaxSessionDuration: 3600,
      VersionEnabled: true,
      CreateTimestamp: new Date("2026-06-12T02:57:08Z"),
      UpdateTimestamp: new Date("2026-06-12T02:57:08Z"),
    });
    assert.deepEqual(JSON.parse(decodeURIComponent(AssumeRolePolicyDocumentTemplate ?? "")), {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "@{AWSServiceName}" }, Action: "sts:AssumeRole" }],
    });
    assert.deepEqual(await get(power, 0), await get(power));
  });

  test("the others, inline policies included", async () => {
    for (const [name, policies] of [
      ["backup.amazonaws.com/AWSBackupDefaultServiceRoleTemplate", []],
      ["datazone.amazonaws.com/AmazonSageMakerAdminIAMPermissiveExecutionRoleTemplate", ["CustomKMSKeyPolicy"]],
      ["datazone.amazonaws.com/AmazonSageMakerUserIAMPermissiveExecutionRoleTemplate", []],
      ["secretsmanager.amazonaws.com/AWSSecretsManagerRotationRoleTemplate", ["SecretRotationPermissionPolicy"]],
    ] as const) {
      const found = await get(template(name));
      assert.equal(found?.TemplateArn, template(name));
      const inline = found?.InlinePolicyTemplates ?? [];
      assert.deepEqual(
        inline.map((policy) => policy.PolicyName),
        policies,
      );
      for (const { PolicyDocument = "" } of inline) {
        const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument));
        assert.ok(Statement.some((statement: object) => "@Enabled" in statement));
      }
    }
  });

  test("refuses a template, a major and a minor version that AWS has not", async () => {
    for (const [arn, minor] of [
      [template("logs.amazonaws.com/AmazonCloudWatchLogsScheduledQueryExecutionRoleTemplate"), undefined],
      ["arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:99", undefined],
      [power, -1],
      [power, 999],
    ] as const) {
      assert.deepEqual(await refused(get(arn, minor)), {
        code: "NoSuchEntity",
        message: `Role Template ${arn} cannot be found.`,
        status: 404,
      });
    }
  });

  test("a user needs permission on the template, which is in an account of AWS's", async () => {
    const account = (id: string) => ({ StringEquals: { "aws:ResourceAccount": id } });
    const may = await userWithKey(h, "may", allow("iam:GetRoleTemplateVersion", power, account("639982225848")));
    assert.equal((await get(power, undefined, may.iam))?.TemplateName, "PowerUserRoleTemplate");
    const mayNot = await userWithKey(h, "may-not", allow("iam:GetRoleTemplateVersion", power, account("aws")));
    for (const arn of [power, template("iam.amazonaws.com/None")]) {
      assert.deepEqual(
        await refused(get(arn, undefined, mayNot.iam)),
        accessDenied("may-not", "iam:GetRoleTemplateVersion", arn),
      );
    }
  });
});
