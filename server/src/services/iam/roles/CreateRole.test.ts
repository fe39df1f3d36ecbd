import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { accountTrust, assume, createRole, trustOf } from "../../../../test/roles.ts";

const trust = JSON.stringify(accountTrust);

suite("CreateRole", async () => {
  const h = await harness({ quotas: { RolesPerAccount: 8 } });
  const create = (RoleName: string, AssumeRolePolicyDocument = trust, iam = h.iam) =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const names = async () => (await h.iam.send(new ListRolesCommand({}))).Roles?.map((role) => role.RoleName);

  test("answers what was made, without description and duration, and GetRole has them", async () => {
    const role = await createRole(h, "Deployer", {
      Path: "/team/",
      Description: "deploys",
      MaxSessionDuration: 7200,
      Tags: [{ Key: "Team", Value: "identity" }],
    });
    assert.match(role.RoleId ?? "", /^AROA[A-Z2-7]{17}$/);
    const made = {
      Path: "/team/",
      RoleName: "Deployer",
      RoleId: role.RoleId,
      Arn: `arn:aws:iam::${testAccount}:role/team/Deployer`,
      CreateDate: new Date(startOfTest),
      AssumeRolePolicyDocument: encodeURIComponent(trust),
      Tags: [{ Key: "Team", Value: "identity" }],
    };
    assert.deepEqual(
      { ...role, AssumeRolePolicyDocument: role.AssumeRolePolicyDocument?.replaceAll("%2A", "*") },
      made,
    );
    const { Role } = await h.iam.send(new GetRoleCommand({ RoleName: "DEPLOYER" }));
    assert.deepEqual(
      { ...Role, AssumeRolePolicyDocument: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "") },
      {
        ...made,
        AssumeRolePolicyDocument: trust,
        Description: "deploys",
        MaxSessionDuration: 7200,
        RoleLastUsed: {},
      },
    );
  });

  test("refuses a name that is taken in any case, and one role more than the quota", async () => {
    await create("taken");
    assert.deepEqual(await refused(create("TAKEN")), {
      code: "EntityAlreadyExists",
      message: "Role with name TAKEN already exists.",
      status: 409,
    });
    const before = await names();
    for (let at = before?.length ?? 0; at < 8; at++) await create(`filler-${at}`);
    assert.deepEqual(await refused(create("ninth")), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for RolesPerAccount: 8",
      status: 409,
    });
    assert.equal((await names())?.length, 8);
  });

  test("takes every action that asks for a session of the role, by name or by pattern", async () => {
    const roomy = await harness();
    const named = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:tagsession"];
    for (const [number, action] of [
      ...named,
      "sts:SetSourceIdentity",
      "sts:SetContext",
      "sts:Assume*",
      "sts:*",
    ].entries()) {
      const AssumeRolePolicyDocument = JSON.stringify(trustOf({ Service: "ec2.amazonaws.com" }, undefined, action));
      const { Role } = await roomy.iam.send(
        new CreateRoleCommand({ RoleName: `by-${number}`, AssumeRolePolicyDocument }),
      );
      assert.equal(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), AssumeRolePolicyDocument);
    }
  });

  test("refuses trust policies that are none, and principals that are not there", async () => {
    const small = await harness();
    const malformed = async (document: string) =>
      refused(small.iam.send(new CreateRoleCommand({ RoleName: "role", AssumeRolePolicyDocument: document })));
    const refusal = (message: string) => ({ code: "MalformedPolicyDocument", message, status: 400 });
    assert.deepEqual(await malformed("{"), refusal("This policy contains invalid Json"));
    assert.deepEqual(
      await malformed(JSON.stringify(trustOf({ AWS: "*" }, undefined, "s3:GetObject"))),
      refusal("AssumeRole policy may only specify STS AssumeRole actions."),
    );
    for (const action of ["sts:InvalidAction", "sts:Get*", ["sts:AssumeRole", "sts:GetCallerIdentity"]]) {
      assert.deepEqual(
        await malformed(JSON.stringify(trustOf({ AWS: "*" }, undefined, action))),
        refusal("AssumeRole policy may only specify STS AssumeRole actions."),
      );
    }
    const nobody = `arn:aws:iam::${testAccount}:user/nobody`;
    assert.deepEqual(
      await malformed(JSON.stringify(trustOf({ AWS: nobody }))),
      refusal(`Invalid principal in policy: "AWS":"${nobody}"`),
    );
    const long = trustOf({ AWS: testAccount }, { StringEquals: { "sts:ExternalId": "x".repeat(2048) } });
    assert.deepEqual(await malformed(JSON.stringify(long)), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for ACLSizePerRole: 2048",
      status: 409,
    });
  });

  test("a user in the trust policy is that user, not whoever takes the name later", async () => {
    const small = await harness();
    const { User } = await small.iam.send(new CreateUserCommand({ UserName: "ann", Path: "/team/" }));
    const document = JSON.stringify(trustOf({ AWS: [User?.Arn, "111122223333"] }));
    await createRole(small, "role", { AssumeRolePolicyDocument: document });
    const principals = async () => {
      const { Role } = await small.iam.send(new GetRoleCommand({ RoleName: "role" }));
      return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).Statement[0].Principal.AWS;
    };
    assert.deepEqual(await principals(), [User?.Arn, "111122223333"]);
    await small.iam.send(new DeleteUserCommand({ UserName: "ann" }));
    await small.iam.send(new CreateUserCommand({ UserName: "ann", Path: "/team/" }));
    assert.deepEqual(await principals(), [User?.UserId, "111122223333"]);
  });

  test("takes a boundary that is there, and policies see it", async () => {
    const small = await harness();
    const { Arn } = await createPolicy(small, "boundary");
    const role = await createRole(small, "bounded", { PermissionsBoundary: Arn });
    assert.deepEqual(role.PermissionsBoundary, { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: Arn });
    assert.deepEqual(await refused(createRole(small, "other", { PermissionsBoundary: ownArn("absent") })), {
      code: "NoSuchEntity",
      message: `Scope ARN: ${ownArn("absent")} does not exist or is not attachable.`,
      status: 404,
    });
    const resource = `arn:aws:iam::${testAccount}:role/other`;
    const eve = await userWithKey(small, "eve", allow("iam:GetRole"));
    assert.deepEqual(await refused(create("other", trust, eve.iam)), accessDenied("eve", "iam:CreateRole", resource));
  });

  test("refuses the path that services have for themselves", async () => {
    assert.deepEqual(await refused(createRole(h, "mine", { Path: "/aws-service-role/ecs.amazonaws.com/" })), {
      code: "InvalidInput",
      message: "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
      status: 400,
    });
  });

  test("a user that is trusted by name may assume the role, and a namesake made later may not", async () => {
    const small = await harness();
    const first = await userWithKey(small, "ann", allow("sts:AssumeRole"));
    const document = JSON.stringify(trustOf({ AWS: `arn:aws:iam::${testAccount}:user/ann` }));
    const { Arn = "" } = await createRole(small, "role", { AssumeRolePolicyDocument: document });
    await assume(small, first.sts, { arn: Arn });
    const AccessKeyId = first.credentials.accessKeyId;
    await small.iam.send(new DeleteAccessKeyCommand({ UserName: "ann", AccessKeyId }));
    await small.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "inline" }));
    await small.iam.send(new DeleteUserCommand({ UserName: "ann" }));
    const second = await userWithKey(small, "ann", allow("sts:AssumeRole"));
    assert.deepEqual(await refused(assume(small, second.sts, { arn: Arn })), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: sts:AssumeRole on resource: ${Arn}`,
      status: 403,
    });
  });

  test("a role in a trust policy is shown by its ARN, and by its unique id once it is gone", async () => {
    const small = await harness();
    const caller = await createRole(small, "caller", { Path: "/team/" });
    const document = JSON.stringify(trustOf({ AWS: caller.Arn }));
    await createRole(small, "role", { AssumeRolePolicyDocument: document });
    const principal = async () => {
      const { Role } = await small.iam.send(new GetRoleCommand({ RoleName: "role" }));
      return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).Statement[0].Principal.AWS;
    };
    assert.equal(await principal(), caller.Arn);
    await small.iam.send(new DeleteRoleCommand({ RoleName: "caller" }));
    assert.equal(await principal(), caller.RoleId);
  });

  test("refuses tags that are one key in two cases", async () => {
    const small = await harness();
    const Tags = ["a", "A"].map((Key) => ({ Key, Value: "" }));
    assert.deepEqual(await refused(createRole(small, "tagged", { Tags })), {
      code: "InvalidInput",
      message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
      status: 400,
    });
  });
});
