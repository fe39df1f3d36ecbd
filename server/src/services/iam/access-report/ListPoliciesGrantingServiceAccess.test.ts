import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  ListPoliciesGrantingServiceAccessCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy } from "../../../../test/policies.ts";

suite("ListPoliciesGrantingServiceAccess", async () => {
  const h = await harness();
  const arnOf = (entity: string) => `arn:aws:iam::${h.accountId}:${entity}`;
  const list = (Arn: string, ServiceNamespaces: string[], Marker?: string, iam = h.iam) =>
    iam.send(new ListPoliciesGrantingServiceAccessCommand({ Arn, ServiceNamespaces, Marker }));

  await h.iam.send(new CreateUserCommand({ UserName: "ann", Path: "/team/" }));
  await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  await h.iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName: "ann" }));
  const put = (PolicyName: string, action: string) => ({ PolicyName, PolicyDocument: document(action) });
  await h.iam.send(new PutUserPolicyCommand({ UserName: "ann", ...put("own", "S3:Get*") }));
  await h.iam.send(new PutGroupPolicyCommand({ GroupName: "staff", ...put("shared", "*") }));
  const { Arn: own } = await createPolicy(h, "queues", { PolicyDocument: document("sqs:*") });
  await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: own }));
  const aws = await insertAwsPolicy(h, "OfAws", "/", "s3:Put*");
  await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: aws }));

  test("a user's policies and its groups', for each service that was asked about", async () => {
    const shared = { PolicyName: "shared", PolicyType: "INLINE", EntityType: "GROUP", EntityName: "staff" };
    const { PoliciesGrantingServiceAccess, IsTruncated } = await list(arnOf("user/team/ann"), ["s3", "sqs", "iam"]);
    assert.deepEqual(PoliciesGrantingServiceAccess, [
      {
        ServiceNamespace: "s3",
        Policies: [
          { PolicyName: "own", PolicyType: "INLINE", EntityType: "USER", EntityName: "ann" },
          shared,
          { PolicyName: "OfAws", PolicyType: "MANAGED", PolicyArn: aws },
        ],
      },
      {
        ServiceNamespace: "sqs",
        Policies: [shared, { PolicyName: "queues", PolicyType: "MANAGED", PolicyArn: own }],
      },
      { ServiceNamespace: "iam", Policies: [shared] },
    ]);
    assert.equal(IsTruncated, false);
  });

  test("a group's own", async () => {
    const { PoliciesGrantingServiceAccess } = await list(arnOf("group/staff"), ["sqs"]);
    assert.deepEqual(PoliciesGrantingServiceAccess, [
      {
        ServiceNamespace: "sqs",
        Policies: [{ PolicyName: "shared", PolicyType: "INLINE", EntityType: "GROUP", EntityName: "staff" }],
      },
    ]);
  });

  test("a policy that leaves services out grants the others", async () => {
    const Statement = [
      { Effect: "Allow", NotAction: ["iam:*", "s3:Get*"], Resource: "*" },
      { Effect: "Deny", Action: "sqs:*", Resource: "*" },
    ];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await h.iam.send(new CreateUserCommand({ UserName: "bob" }));
    await h.iam.send(new PutUserPolicyCommand({ UserName: "bob", PolicyName: "rest", PolicyDocument }));
    const { PoliciesGrantingServiceAccess } = await list(arnOf("user/bob"), ["iam", "s3", "sqs"]);
    assert.deepEqual(
      PoliciesGrantingServiceAccess?.map((one) => one.Policies?.length),
      [0, 1, 1],
    );
  });

  test("goes on after a hundred services", async () => {
    const namespaces = Array.from({ length: 150 }, (_, at) => `service-${at}`);
    const first = await list(arnOf("group/staff"), namespaces);
    assert.deepEqual([first.PoliciesGrantingServiceAccess?.length, first.IsTruncated], [100, true]);
    const rest = await list(arnOf("group/staff"), namespaces, first.Marker);
    assert.deepEqual(
      [rest.PoliciesGrantingServiceAccess?.[0]?.ServiceNamespace, rest.PoliciesGrantingServiceAccess?.length],
      ["service-100", 50],
    );
  });

  test("refuses whom it cannot find, and policies", async () => {
    const refuse = async (arn: string, code: string, message: string, status: number) =>
      assert.deepEqual(await refused(list(arn, ["iam"])), { code, message, status });
    await refuse(arnOf("user/ann"), "NoSuchEntity", "The user with name ann cannot be found.", 404);
    await refuse(own, "InvalidInput", `Invalid ARN: ${own}`, 400);
  });

  test("asks for permission on whose policies they are", async () => {
    const carl = await userWithKey(h, "carl", allow("iam:ListPoliciesGrantingServiceAccess", arnOf("group/*")));
    await list(arnOf("group/staff"), ["iam"], undefined, carl.iam);
    assert.deepEqual(await refused(list(arnOf("user/team/ann"), ["iam"], undefined, carl.iam)), {
      code: "AccessDenied",
      message: `User: ${arnOf("user/carl")} is not authorized to perform: iam:ListPoliciesGrantingServiceAccess on resource: ${arnOf("user/team/ann")} because no identity-based policy allows the iam:ListPoliciesGrantingServiceAccess action`,
      status: 403,
    });
  });
});
