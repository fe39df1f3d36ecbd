import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  type EntityType,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy } from "../../../../test/policies.ts";
import { uniqueId } from "../../../runtime/ids.ts";
import { inlinePolicies } from "../../../store/inline-policies.ts";
import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { roles } from "../../../store/roles.ts";

suite("GetAccountAuthorizationDetails", async () => {
  const h = await harness();
  const details = (input: Partial<GetAccountAuthorizationDetailsCommandInput> = {}, iam = h.iam) =>
    iam.send(new GetAccountAuthorizationDetailsCommand(input));
  const arnOf = (entity: string) => `arn:aws:iam::${h.accountId}:${entity}`;
  const encoded = (action?: string) => encodeURIComponent(document(action)).replaceAll("*", "%2A");
  const CreateDate = new Date(startOfTest);

  const boundary = await createPolicy(h, "boundary", { Description: "No further" });
  const used = await insertAwsPolicy(h, "Used", "/job-function/", "iam:GetUser");
  await insertAwsPolicy(h, "Unused");
  const bounds = await insertAwsPolicy(h, "Bounds");
  const Tags = [{ Key: "team", Value: "red" }];
  const { User: ann } = await h.iam.send(
    new CreateUserCommand({ UserName: "ann", Path: "/team/", PermissionsBoundary: boundary.Arn, Tags }),
  );
  const { User: bob } = await h.iam.send(new CreateUserCommand({ UserName: "Bob", PermissionsBoundary: bounds }));
  const { Group: staff } = await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  await h.iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName: "ann" }));
  const inline = { PolicyName: "inline", PolicyDocument: document("s3:*") };
  await h.iam.send(new PutUserPolicyCommand({ UserName: "ann", ...inline }));
  await h.iam.send(new PutGroupPolicyCommand({ GroupName: "staff", ...inline }));
  await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: used }));
  await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: boundary.Arn }));
  await h.iam.send(
    new CreatePolicyVersionCommand({
      PolicyArn: boundary.Arn,
      PolicyDocument: document("s3:Put*"),
      SetAsDefault: true,
    }),
  );
  const { store, random } = h.environment;
  const roleId = uniqueId(random, "AROA");
  const Principal = { Service: "ec2.amazonaws.com" };
  const trust = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });
  await store.write(async (tx) => {
    await roles.insert(tx, {
      account_id: h.accountId,
      role_name: "worker",
      role_id: roleId,
      path: "/service/",
      created_at: startOfTest,
      trust_document: trust,
      description: "works",
      max_session_duration: 3600,
      tags: [],
      permissions_boundary_arn: null,
      permissions_boundary_policy_id: null,
      service_name: null,
    });
    await instanceProfiles.insert(tx, {
      account_id: h.accountId,
      instance_profile_name: "machine",
      instance_profile_id: "AIPAEXAMPLE",
      path: "/",
      created_at: startOfTest,
      role_id: roleId,
      tags: [],
    });
    await inlinePolicies.put(tx, { owner_id: roleId, policy_name: "work", document: document("sqs:*") });
    await roles.noteUse(tx, { role_id: roleId, used_at: startOfTest, region: "eu-central-1" });
  });

  const policyNames = (answer: Awaited<ReturnType<typeof details>>) => answer.Policies?.map((one) => one.PolicyName);

  test("users, groups, roles and policies, with all that hangs on them, and AWS's policies that are in use", async () => {
    const answer = await details();
    const inlineList = [{ PolicyName: "inline", PolicyDocument: encoded("s3:*") }];
    assert.deepEqual(answer.UserDetailList, [
      {
        Path: "/team/",
        UserName: "ann",
        UserId: ann?.UserId,
        Arn: arnOf("user/team/ann"),
        CreateDate,
        UserPolicyList: inlineList,
        GroupList: ["staff"],
        AttachedManagedPolicies: [{ PolicyName: "Used", PolicyArn: used }],
        PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary.Arn },
        Tags,
      },
      {
        Path: "/",
        UserName: "Bob",
        UserId: bob?.UserId,
        Arn: arnOf("user/Bob"),
        CreateDate,
        GroupList: [],
        AttachedManagedPolicies: [],
        PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: bounds },
        Tags: [],
      },
    ]);
    assert.deepEqual(answer.GroupDetailList, [
      {
        Path: "/",
        GroupName: "staff",
        GroupId: staff?.GroupId,
        Arn: arnOf("group/staff"),
        CreateDate,
        GroupPolicyList: inlineList,
        AttachedManagedPolicies: [{ PolicyName: "boundary", PolicyArn: boundary.Arn }],
      },
    ]);
    const worker = {
      Path: "/service/",
      RoleName: "worker",
      RoleId: roleId,
      Arn: arnOf("role/service/worker"),
      CreateDate,
      AssumeRolePolicyDocument: encodeURIComponent(trust),
    };
    assert.deepEqual(answer.RoleDetailList, [
      {
        ...worker,
        InstanceProfileList: [
          {
            Path: "/",
            InstanceProfileName: "machine",
            InstanceProfileId: "AIPAEXAMPLE",
            Arn: arnOf("instance-profile/machine"),
            CreateDate,
            Roles: [worker],
          },
        ],
        RolePolicyList: [{ PolicyName: "work", PolicyDocument: encoded("sqs:*") }],
        AttachedManagedPolicies: [],
        Tags: [],
        RoleLastUsed: { LastUsedDate: CreateDate, Region: "eu-central-1" },
      },
    ]);
    assert.deepEqual(policyNames(answer), ["boundary", "Bounds", "Used"]);
    assert.deepEqual(answer.Policies?.[0], {
      PolicyName: "boundary",
      PolicyId: boundary.PolicyId,
      Arn: boundary.Arn,
      Path: "/",
      DefaultVersionId: "v2",
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
      IsAttachable: true,
      Description: "No further",
      CreateDate,
      UpdateDate: CreateDate,
      PolicyVersionList: [
        { Document: encoded("s3:Put*"), VersionId: "v2", IsDefaultVersion: true, CreateDate },
        { Document: encoded(), VersionId: "v1", IsDefaultVersion: false, CreateDate },
      ],
    });
    assert.equal(answer.IsTruncated, false);
  });

  test("the filter chooses the kinds", async () => {
    const counts = async (...Filter: EntityType[]) => {
      const answer = await details({ Filter });
      const { UserDetailList, GroupDetailList, RoleDetailList } = answer;
      return [UserDetailList?.length, GroupDetailList?.length, RoleDetailList?.length, policyNames(answer)?.join(" ")];
    };
    assert.deepEqual(await counts("User"), [2, 0, 0, ""]);
    assert.deepEqual(await counts("Group", "Role"), [0, 1, 1, ""]);
    assert.deepEqual(await counts("LocalManagedPolicy"), [0, 0, 0, "boundary"]);
    assert.deepEqual(await counts("AWSManagedPolicy", "User"), [2, 0, 0, "Bounds Used"]);
    assert.deepEqual(await counts(), [2, 1, 1, "boundary Bounds Used"]);
  });

  test("goes on over all kinds, whatever the size of the page", async () => {
    for (const MaxItems of [1, 2, 3, 5, 6, 7, 8]) {
      const seen: string[] = [];
      let Marker: string | undefined;
      do {
        const answer = await details({ MaxItems, Marker });
        const page = [
          ...(answer.UserDetailList ?? []).map((one) => one.UserName),
          ...(answer.GroupDetailList ?? []).map((one) => one.GroupName),
          ...(answer.RoleDetailList ?? []).map((one) => one.RoleName),
          ...(answer.Policies ?? []).map((one) => one.PolicyName),
        ];
        assert.ok(page.length <= MaxItems);
        assert.equal(answer.IsTruncated, answer.Marker !== undefined);
        seen.push(...page.map(String));
        Marker = answer.Marker;
      } while (Marker !== undefined);
      assert.deepEqual(seen, ["ann", "Bob", "staff", "worker", "boundary", "Bounds", "Used"], `${MaxItems}`);
    }
    for (const Marker of ["nonsense", Buffer.from("v1:Nothing/ann").toString("base64url")]) {
      assert.deepEqual(await refused(details({ Marker })), {
        code: "ValidationError",
        message: "Invalid Marker.",
        status: 400,
      });
    }
  });

  test("asks for permission on everything", async () => {
    const carl = await userWithKey(h, "carl", allow("iam:GetAccountAuthorizationDetails", arnOf("*")));
    assert.deepEqual(await refused(details({}, carl.iam)), {
      code: "AccessDenied",
      message: `User: ${arnOf("user/carl")} is not authorized to perform: iam:GetAccountAuthorizationDetails on resource: * because no identity-based policy allows the iam:GetAccountAuthorizationDetails action`,
      status: 403,
    });
    const dora = await userWithKey(h, "dora", allow("iam:GetAccountAuthorizationDetails"));
    assert.equal((await details({ Filter: ["Group"] }, dora.iam)).GroupDetailList?.length, 1);
  });
});
