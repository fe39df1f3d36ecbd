import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AcquireRoleCommand,
  type AcquireRoleCommandInput,
  GetRoleCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { insertAwsPolicy } from "../../../../test/policies.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { inlinePolicies } from "../../../store/inline-policies.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roleSources } from "../../../store/role-sources.ts";
import { roles } from "../../../store/roles.ts";

/** What is expected here was recorded from AWS, 2026-09. */
suite("AcquireRole", async () => {
  const h = await harness();
  await insertAwsPolicy(h, "PowerUserAccess");
  const { store } = h.environment;
  const power = "arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1";
  const rotation =
    "arn:aws:iam::aws:role-template/secretsmanager.amazonaws.com/AWSSecretsManagerRotationRoleTemplate:1";
  const lambda = { AWSServiceName: ["lambda.amazonaws.com"] };
  const acquire = async (
    TemplateArn: string,
    values: Record<string, string[]>,
    iam = h.iam,
    more: Partial<AcquireRoleCommandInput> = {},
  ) => {
    const ReplacementValues = Object.fromEntries(
      Object.entries(values).map(([name, given]) => [name, { Values: given }]),
    );
    return (await iam.send(new AcquireRoleCommand({ TemplateArn, ReplacementValues, ...more }))).Role;
  };
  const stored = (name: string) => store.read((tx) => roles.find(tx, testAccount, name));
  const inlineOf = (roleId: string) =>
    store.read(async (tx) =>
      (await inlinePolicies.list(tx, roleId, "", 10)).map((policy) => [
        policy.policy_name,
        JSON.parse(policy.document),
      ]),
    );
  const roleArn = (name: string) => `arn:aws:iam::${testAccount}:role/${name}`;
  const modified = (name: string) => ({
    code: "RoleModified",
    message: `Role ${name} has been modified since it was created and is no longer managed.`,
    status: 409,
  });
  const otherParameters = {
    code: "NameConflict",
    message:
      "A role with this name exists but was created with different parameters. Pass a unique roleName to create a new role.",
    status: 409,
  };

  test("makes the role of the template, and answers with the same one when asked again", async () => {
    const made = await acquire(power, { ...lambda, RoleName: ["worker"] });
    assert.deepEqual(made, {
      Path: "/",
      RoleName: "worker",
      RoleId: made?.RoleId,
      Arn: roleArn("worker"),
      CreateDate: new Date(startOfTest),
      AssumeRolePolicyDocument: encodeURIComponent(
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
      ),
    });
    assert.match(made?.RoleId ?? "", /^AROA[A-Z2-7]{17}$/);
    const role = await stored("worker");
    assert.equal(role?.description, "Power user role for lambda.amazonaws.com");
    assert.equal(role?.max_session_duration, 3600);
    await store.read(async (tx) => {
      const attached = await policyAttachments.listOfOwner(tx, role?.role_id ?? "", "/", 0, 10);
      assert.deepEqual(
        attached.map((policy) => policy.policy_name),
        ["PowerUserAccess"],
      );
      const source = await roleSources.find(tx, role?.role_id ?? "");
      assert.equal(source?.template_arn, power);
      assert.equal(source?.template_minor_version, 0);
    });
    const { Role } = await h.iam.send(new GetRoleCommand({ RoleName: "worker" }));
    assert.deepEqual(Role?.SourceRoleTemplate, { TemplateArn: power, TemplateMinorVersion: 0 });
    assert.deepEqual(await acquire(power, { RoleName: ["worker"], ...lambda }), made);
    assert.equal((await acquire(power, lambda))?.RoleName, "PowerUserRole", "the parameter's default");
  });

  test("statements that are turned off go, with the parameters that they alone need", async () => {
    const given = { accountId: [testAccount], region: ["us-east-1"], resourceType: ["probe"] };
    const off = await acquire(rotation, { ...given, RoleName: ["rotation-off"] });
    assert.equal(off?.Arn, roleArn("service-role/rotation-off"));
    const generic = {
      Sid: "AllowRotationAccessGeneric",
      Effect: "Allow",
      Action: [
        "secretsmanager:DescribeSecret",
        "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue",
        "secretsmanager:UpdateSecretVersionStage",
      ],
      Resource: `arn:aws:secretsmanager:us-east-1:${testAccount}:secret:*`,
      Condition: { StringEquals: { "secretsmanager:resource/Type": "probe" } },
    };
    const passwords = {
      Effect: "Allow",
      Sid: "AllowPasswordGenerationAccessAdmin",
      Action: ["secretsmanager:GetRandomPassword"],
      Resource: "*",
    };
    assert.deepEqual(await inlineOf(off?.RoleId ?? ""), [
      ["SecretRotationPermissionPolicy", { Version: "2012-10-17", Statement: [generic, passwords] }],
    ]);

    const keys = ["1", "2"].map((digit) => `arn:aws:kms:us-east-1:${testAccount}:key/${digit.repeat(8)}`);
    const on = await acquire(rotation, {
      ...given,
      RoleName: ["rotation-on"],
      ADMIN_RESOURCE_ENABLED: ["True"],
      adminType: ["admin-probe"],
      CMK_ENABLED: ["true"],
      kmsKeyArn: keys,
    });
    const [[, policy]] = (await inlineOf(on?.RoleId ?? "")) as [[string, { Statement: object[] }]]; // it has this one
    assert.deepEqual(policy.Statement, [
      generic,
      passwords,
      {
        Sid: "AllowRotationAccess",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: `arn:aws:secretsmanager:us-east-1:${testAccount}:secret:*`,
        Effect: "Allow",
        Condition: { StringEquals: { "secretsmanager:resource/Type": "admin-probe" } },
      },
      {
        Sid: "KMSAccessForCustomerSecret",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
        Resource: keys,
        Condition: { StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } },
      },
    ]);
  });

  test("refuses parameters that the template has not, or wants, or wants one of", async () => {
    for (const [values, code, message] of [
      [{}, "InvalidInput", "Failed to render template: Parameter 'AWSServiceName' not found."],
      [
        { AWSServiceName: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
        "ValidationError",
        "AWSServiceName replacement value must contain exactly one value, got 2",
      ],
      [{ ...lambda, Unused: ["x"] }, "InvalidInput", "Failed to render template: Unrecognized parameter: Unused"],
      [
        { AWSServiceName: ["not-a-service"] },
        "MalformedPolicyDocument",
        'Invalid principal in policy: "SERVICE":"not-a-service"',
      ],
    ] as const) {
      const given = Object.fromEntries(Object.entries({ RoleName: ["none"], ...values }).map(([k, v]) => [k, [...v]]));
      assert.deepEqual(await refused(acquire(power, given)), { code, message, status: 400 });
    }
    const { code, message } = await refused(acquire(power, { ...lambda, RoleName: ["a b"] }));
    assert.equal(code, "ValidationError");
    assert.match(message, /^The specified value for roleName is invalid\./);
    assert.equal(await stored("none"), undefined);
  });

  test("refuses a template, or a minor version, that AWS has not", async () => {
    for (const [arn, minor] of [
      [power, 999],
      [power, -1],
      ["arn:aws:iam::aws:role-template/iam.amazonaws.com/None:1", undefined],
    ] as const) {
      assert.deepEqual(await refused(acquire(arn, lambda, h.iam, { TemplateMinorVersion: minor })), {
        code: "NoSuchEntity",
        message: `Role template not found in repository: ${arn}`,
        status: 404,
      });
    }
  });

  test("refuses where AWS's policy is not known here", async () => {
    const backup = "arn:aws:iam::aws:role-template/backup.amazonaws.com/AWSBackupDefaultServiceRoleTemplate:1";
    const policy = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup";
    assert.deepEqual(await refused(acquire(backup, { accountId: [testAccount] })), {
      code: "NoSuchEntity",
      message: `Policy ${policy} does not exist or is not attachable.`,
      status: 404,
    });
    assert.equal(await stored("AWSBackupDefaultServiceRole"), undefined);
  });

  test("a role of the name that is not of the template, or of other parameters, is in the way", async () => {
    await acquire(power, { ...lambda, RoleName: ["taken"] });
    for (const values of [
      { AWSServiceName: ["ec2.amazonaws.com"], RoleName: ["taken"] },
      { ...lambda, RoleName: ["TAKEN"] },
    ]) {
      assert.deepEqual(await refused(acquire(power, values)), otherParameters);
    }
    const role = await stored("taken");
    assert.ok(role !== undefined);
    const { name_key: _, ...row } = role;
    await store.write((tx) => roles.insert(tx, { ...row, role_name: "ordinary", role_id: "AROAORDINARY000000000" }));
    assert.deepEqual(await refused(acquire(power, { ...lambda, RoleName: ["ordinary"] })), {
      code: "NameConflict",
      message:
        "A role with this name already exists in the account but was not created from this template. Choose a different role name, or remove the existing role if it is no longer needed.",
      status: 409,
    });
  });

  test("a role that was changed is no longer the template's until it is as before", async () => {
    const again = () => acquire(power, { ...lambda, RoleName: ["changed"] });
    const made = await again();
    const role = await stored("changed");
    assert.ok(role !== undefined);
    const id = role.role_id;
    const change = (act: (tx: Parameters<Parameters<typeof store.write>[0]>[0]) => Promise<unknown>) =>
      store.write(act);

    await change((tx) => roles.describe(tx, id, "mine", 7200));
    assert.deepEqual(await again(), made);

    await change((tx) => roles.setTags(tx, id, [{ Key: "team", Value: "a" }]));
    assert.deepEqual(await refused(again()), modified("changed"));
    await change((tx) => roles.setTags(tx, id, []));
    assert.deepEqual(await again(), made);

    await change((tx) => roles.setTrust(tx, id, role.trust_document.replace("lambda.", "ec2.")));
    assert.deepEqual(await refused(again()), modified("changed"));
    // The same, written otherwise.
    const trust = role.trust_document.replace('"lambda.amazonaws.com"', '["lambda.amazonaws.com"]');
    await change((tx) => roles.setTrust(tx, id, trust));
    assert.equal((await again())?.RoleId, id);

    const policy = { owner_id: id, policy_name: "extra", document: JSON.stringify(allow("s3:*")) };
    await change((tx) => inlinePolicies.put(tx, policy));
    assert.deepEqual(await refused(again()), modified("changed"));
    await change((tx) => inlinePolicies.delete(tx, id, "extra"));
    const [attached] = await store.read((tx) => policyAttachments.listOfOwner(tx, id, "/", 0, 1));
    await change((tx) => policyAttachments.detach(tx, testAccount, id, attached?.policy_id ?? ""));
    assert.deepEqual(await refused(again()), modified("changed"));
  });

  test("needs what is done: reading the template, making the role, attaching its policies; all of it or nothing", async () => {
    const user = await userWithKey(h, "acquirer");
    const mayDo = (...statements: object[]) =>
      h.iam.send(
        new PutUserPolicyCommand({
          UserName: "acquirer",
          PolicyName: "inline",
          PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
        }),
      );
    const grant = (Action: string, Resource: string, Condition?: object) => ({
      Effect: "Allow",
      Action,
      Resource,
      ...(Condition && { Condition }),
    });
    const byTemplate = { ArnEquals: { "iam:RoleTemplateARN": power } };
    const run = () => acquire(power, { ...lambda, RoleName: ["granted"] }, user.iam);
    const denied = (action: string, resource: string) => accessDenied("acquirer", action, resource);

    await mayDo(grant("iam:AcquireRole", "*"));
    assert.deepEqual(await refused(run()), denied("iam:GetRoleTemplateVersion", power));
    const read = grant("iam:GetRoleTemplateVersion", power);
    await mayDo(read);
    assert.deepEqual(await refused(run()), denied("iam:CreateRole", roleArn("granted")));
    const create = grant("iam:CreateRole", roleArn("granted"), byTemplate);
    await mayDo(read, create);
    assert.deepEqual(await refused(run()), denied("iam:AttachRolePolicy", roleArn("granted")));
    assert.equal(await stored("granted"), undefined);
    const attach = grant("iam:AttachRolePolicy", roleArn("*"), {
      ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/PowerUserAccess" },
    });
    await mayDo(read, create, attach);
    const made = await run();
    assert.equal(made?.RoleName, "granted");
    assert.deepEqual(await refused(run()), denied("iam:GetRole", roleArn("granted")));
    await mayDo(read, grant("iam:GetRole", roleArn("granted"), byTemplate));
    assert.deepEqual(await run(), made);
  });

  test("counts to the account's roles", async () => {
    const small = await harness({ quotas: { RolesPerAccount: 1 } });
    await insertAwsPolicy(small, "PowerUserAccess");
    await acquire(power, lambda, small.iam);
    assert.deepEqual(await refused(acquire(power, { ...lambda, RoleName: ["second"] }, small.iam)), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for RolesPerAccount: 1",
      status: 409,
    });
  });
});
