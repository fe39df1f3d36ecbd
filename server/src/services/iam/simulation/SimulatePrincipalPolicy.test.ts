import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { uniqueId } from "../../../runtime/ids.ts";
import { inlinePolicies } from "../../../store/inline-policies.ts";
import { roles } from "../../../store/roles.ts";

suite("SimulatePrincipalPolicy", async () => {
  const h = await harness();
  const arnOf = (entity: string) => `arn:aws:iam::${h.accountId}:${entity}`;
  const simulate = (
    PolicySourceArn: string,
    ActionNames: string[],
    input: Partial<SimulatePrincipalPolicyCommandInput> = {},
    iam = h.iam,
  ) => iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ...input }));
  /** Each action's decision, with the policies that made it. */
  const decisions = async (
    entity: string,
    ActionNames: string[],
    input: Partial<SimulatePrincipalPolicyCommandInput> = {},
  ): Promise<Record<string, string>> =>
    Object.fromEntries(
      ((await simulate(arnOf(entity), ActionNames, input)).EvaluationResults ?? []).map((result) => [
        result.EvalActionName ?? "",
        [result.EvalDecision, ...(result.MatchedStatements ?? []).map((statement) => statement.SourcePolicyId)].join(
          " ",
        ),
      ]),
    );

  const managed = await createPolicy(h, "managed", { Path: "/team/", PolicyDocument: document("s3:GetObject") });
  const aws = await insertAwsPolicy(h, "OfAws", "/", "s3:PutObject");
  const boundary = await createPolicy(h, "boundary", { PolicyDocument: document("s3:*") });
  await h.iam.send(new CreateUserCommand({ UserName: "ann", Path: "/team/", PermissionsBoundary: boundary.Arn }));
  await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  await h.iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName: "ann" }));
  const put = { PolicyName: "own", PolicyDocument: document("s3:ListBucket") };
  await h.iam.send(new PutUserPolicyCommand({ UserName: "ann", ...put }));
  await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: managed.Arn }));
  await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: aws }));
  const PolicyDocument = JSON.stringify(allow(["s3:DeleteObject", "iam:GetUser"]));
  await h.iam.send(new PutGroupPolicyCommand({ GroupName: "staff", PolicyName: "shared", PolicyDocument }));
  const actions = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject", "iam:GetUser"];

  test("a user's policies, its groups' and its boundary, under the names that AWS gives them", async () => {
    assert.deepEqual(await decisions("user/team/ann", actions), {
      "s3:GetObject": "allowed managed",
      "s3:PutObject": "allowed OfAws",
      "s3:ListBucket": "allowed user_ann_own",
      "s3:DeleteObject": "allowed group_staff_shared",
      "iam:GetUser": "implicitDeny",
    });
    const { EvaluationResults } = await simulate(arnOf("user/team/ann"), ["iam:GetUser"]);
    assert.deepEqual(EvaluationResults?.[0]?.PermissionsBoundaryDecisionDetail, {
      AllowedByPermissionsBoundary: false,
    });
  });

  test("a group's policies, and a role's", async () => {
    assert.deepEqual(await decisions("group/staff", actions), {
      "s3:GetObject": "implicitDeny",
      "s3:PutObject": "allowed OfAws",
      "s3:ListBucket": "implicitDeny",
      "s3:DeleteObject": "allowed group_staff_shared",
      "iam:GetUser": "allowed group_staff_shared",
    });
    const { store, random } = h.environment;
    const role_id = uniqueId(random, "AROA");
    await store.write(async (tx) => {
      await roles.insert(tx, {
        account_id: h.accountId,
        role_name: "worker",
        role_id,
        path: "/",
        created_at: startOfTest,
        trust_document: "{}",
        description: null,
        max_session_duration: 3600,
        tags: [],
        permissions_boundary_arn: null,
        permissions_boundary_policy_id: null,
        service_name: null,
      });
      await inlinePolicies.put(tx, { owner_id: role_id, policy_name: "work", document: document("sqs:SendMessage") });
    });
    assert.deepEqual(await decisions("role/worker", ["sqs:SendMessage"]), {
      "sqs:SendMessage": "allowed role_worker_work",
    });
  });

  test("policies that are given add to them, and a boundary that is given takes the place of their own", async () => {
    const input = {
      PolicyInputList: [JSON.stringify(allow("sqs:*")), JSON.stringify(allow("s3:GetObject"))],
      PermissionsBoundaryPolicyInputList: [JSON.stringify(allow(["sqs:*", "iam:*"]))],
    };
    assert.deepEqual(await decisions("user/team/ann", ["sqs:SendMessage", "s3:GetObject", "iam:GetUser"], input), {
      "sqs:SendMessage": "allowed PolicyInputList.1",
      "s3:GetObject": "implicitDeny",
      "iam:GetUser": "allowed group_staff_shared",
    });
    assert.deepEqual(await decisions("user/team/ann", ["s3:GetObject"], { PolicyInputList: input.PolicyInputList }), {
      "s3:GetObject": "allowed managed PolicyInputList.2",
    });
  });

  test("policies can be left out, by type, by ARN and by name", async () => {
    const without = async (
      ...PolicyExclusionList: SimulatePrincipalPolicyCommandInput["PolicyExclusionList"] & object
    ) =>
      Object.entries(await decisions("user/team/ann", actions, { PolicyExclusionList }))
        .filter(([, decision]) => decision.startsWith("allowed"))
        .map(([action]) => action);
    assert.deepEqual(await without({ PolicyType: "inline" }), ["s3:GetObject", "s3:PutObject"]);
    assert.deepEqual(await without({ PolicyType: "aws-managed" }, { PolicyType: "user-managed" }), [
      "s3:ListBucket",
      "s3:DeleteObject",
    ]);
    assert.deepEqual(await without({ PolicyType: "permission-boundary" }), actions);
    assert.deepEqual(await without({ PolicyArn: ownArn("team/man?g*") }), [
      "s3:PutObject",
      "s3:ListBucket",
      "s3:DeleteObject",
    ]);
    const inline = { PolicyName: "shared", AttachmentType: "group", AttachmentName: "staff" } as const;
    assert.deepEqual(await without({ InlinePolicyIdentifier: inline }), [
      "s3:GetObject",
      "s3:PutObject",
      "s3:ListBucket",
    ]);
    const refuse = async (entry: object) =>
      refused(simulate(arnOf("user/team/ann"), actions, { PolicyExclusionList: [entry] as never[] }));
    assert.deepEqual(await refuse({ PolicyArn: `${ownArn("a*b*c")}` }), {
      code: "InvalidInput",
      message: `Invalid policy ARN: ${ownArn("a*b*c")}`,
      status: 400,
    });
  });

  test("whose policies they are is the caller that resources' policies see, unless another is named", async () => {
    const ResourceArns = ["arn:aws:sqs:us-east-1:123456789012:queue"];
    const ResourcePolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal: { AWS: arnOf("user/team/ann") }, Action: "sqs:*", Resource: "*" },
    });
    const input = { ResourceArns, ResourcePolicy, PermissionsBoundaryPolicyInputList: [JSON.stringify(allow("*"))] };
    const action = ["sqs:SendMessage"];
    const allowed = { "sqs:SendMessage": "allowed ResourcePolicy" };
    assert.deepEqual(await decisions("user/team/ann", action, input), allowed);
    assert.deepEqual(await decisions("group/staff", action, { ...input, CallerArn: arnOf("user/team/ann") }), allowed);
    assert.deepEqual(await decisions("user/team/ann", action, { ...input, CallerArn: arnOf("user/bob") }), {
      "sqs:SendMessage": "implicitDeny",
    });
  });

  test("refuses whom it cannot find", async () => {
    const refuse = async (arn: string, code: string, message: string, status: number) =>
      assert.deepEqual(await refused(simulate(arn, actions)), { code, message, status });
    const unclear = (arn: string) => `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`;
    const session = "arn:aws:sts::123456789012:assumed-role/Admin/session";
    await refuse(session, "InvalidInput", unclear(session), 400);
    await refuse(arnOf("root/"), "InvalidInput", unclear(arnOf("root/")), 400);
    for (const kind of ["user", "group", "role"]) {
      await refuse(arnOf(`${kind}/nobody`), "NoSuchEntity", `The ${kind} with name nobody cannot be found.`, 404);
    }
    await refuse(arnOf("user/ann"), "NoSuchEntity", "The user with name ann cannot be found.", 404);
    await refuse(
      "arn:aws:iam::999999999999:user/ann",
      "InvalidInput",
      `Invalid Policy Source Arn: caller's account ${h.accountId} does not have access to policies in account 999999999999`,
      400,
    );
  });

  test("asks for permission on whose policies they are, there or not", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:SimulatePrincipalPolicy", arnOf("user/team/*")));
    assert.equal((await simulate(arnOf("user/team/ann"), actions, {}, bob.iam)).EvaluationResults?.length, 5);
    for (const name of ["group/staff", "group/nobody"]) {
      assert.deepEqual(await refused(simulate(arnOf(name), actions, {}, bob.iam)), {
        code: "AccessDenied",
        message: `User: ${arnOf("user/bob")} is not authorized to perform: iam:SimulatePrincipalPolicy on resource: ${arnOf(name)} because no identity-based policy allows the iam:SimulatePrincipalPolicy action`,
        status: 403,
      });
    }
  });
});
