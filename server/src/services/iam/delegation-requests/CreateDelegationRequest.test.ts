import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateDelegationRequestCommand } from "@aws-sdk/client-iam";
import { day, partner, partnerOf, request } from "../../../../test/delegation-requests.ts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy } from "../../../../test/policies.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("CreateDelegationRequest", async () => {
  const h = await harness();
  const asker = await partnerOf(h);
  const { PolicyTemplateArn } = asker;
  const invalid = (message: string) => ({ code: "InvalidInput", message, status: 400 });

  test("an unassigned request, for a day, with the policy that the template comes to", async () => {
    const id = await asker.ask({
      RequestMessage: "Once more, please.",
      RedirectUrl: "https://partner.example/back",
      OnlySendByOwner: true,
    });
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    assert.deepEqual(await request(h.iam, id), {
      DelegationRequestId: id,
      OwnerAccountId: testAccount,
      Description: "Reads a bucket.",
      RequestMessage: "Once more, please.",
      Permissions: { PolicyTemplateArn, Parameters: [{ Name: "bucketName", Values: ["theirs"] }] },
      PermissionPolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::theirs/*" }],
      }),
      State: "UNASSIGNED",
      ExpirationTime: new Date(startOfTest + day),
      RequestorId: partner,
      CreateDate: new Date(startOfTest),
      SessionDuration: 3600,
      RedirectUrl: "https://partner.example/back",
      OnlySendByOwner: true,
      UpdatedTime: new Date(startOfTest),
    });
  });

  test("a list parameter takes the place of a text, and names the boundaries of roles that may be made", async () => {
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "s3:*", Resource: ["arn:aws:s3:::own", "arn:aws:s3:::@{bucketNames}"] },
        {
          Effect: "Allow",
          Action: "iam:CreateRole",
          Resource: "*",
          Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/@{boundary}" } },
        },
      ],
    });
    const template = await createPolicy(h, "list-template", { PolicyDocument: document });
    const Permissions = {
      PolicyTemplateArn: template.Arn,
      Parameters: [
        { Name: "bucketNames", Values: ["a", "b"], Type: "stringList" as const },
        { Name: "boundary", Values: ["ReadOnlyAccess"], Type: "string" as const },
      ],
    };
    const { DelegationRequestId: id = "" } = await h.iam.send(
      new CreateDelegationRequestCommand({
        Description: "",
        Permissions,
        RequestorWorkflowId: "lists",
        NotificationChannel: `arn:aws:sns:us-east-1:${testAccount}:requests`,
        SessionDuration: 300,
      }),
    );
    const made = await request(asker.iam, id);
    assert.equal(made?.OwnerAccountId, undefined);
    assert.deepEqual(made?.Permissions, Permissions);
    assert.deepEqual(made?.RolePermissionRestrictionArns, ["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
    const { Statement } = JSON.parse(made?.PermissionPolicy ?? "");
    assert.deepEqual(Statement[0].Resource, ["arn:aws:s3:::own", "arn:aws:s3:::a", "arn:aws:s3:::b"]);
  });

  test("refuses a workflow id that this account has used", async () => {
    await asker.ask({ RequestorWorkflowId: "once only" });
    assert.deepEqual(await refused(asker.ask({ RequestorWorkflowId: "once only" })), {
      code: "EntityAlreadyExists",
      message: "A delegation request with the requestor workflow id once only already exists.",
      status: 409,
    });
  });

  test("refuses a channel that is no topic of the account's", async () => {
    for (const channel of ["somewhere", `arn:aws:sns:us-east-1:${testAccount}:requests`]) {
      assert.deepEqual(
        await refused(asker.ask({ NotificationChannel: channel })),
        invalid(`The notification channel ${channel} is not the ARN of an SNS topic of this account.`),
      );
    }
  });

  test("refuses permissions that come to no policy", async () => {
    const bucket = { Name: "bucketName", Values: ["b"] };
    for (const [Permissions, message] of [
      [{ Parameters: [bucket] }, "The permissions of a delegation request must name a policy template."],
      [
        { PolicyTemplateArn: `arn:aws:iam::${partner}:policy/none` },
        `The policy template arn:aws:iam::${partner}:policy/none does not exist.`,
      ],
      [
        { PolicyTemplateArn: "arn:aws:iam::aws:delegation-template/partner/t" },
        "The policy template arn:aws:iam::aws:delegation-template/partner/t does not exist.",
      ],
      [{ PolicyTemplateArn }, "Failed to render template: Parameter 'bucketName' not found."],
      [
        { PolicyTemplateArn, Parameters: [bucket, { Name: "other", Values: ["x"] }] },
        "Failed to render template: Unrecognized parameter: other",
      ],
      [
        { PolicyTemplateArn, Parameters: [{ Name: "bucketName" }] },
        "Every policy parameter must have a name and values.",
      ],
      [
        { PolicyTemplateArn, Parameters: [{ Name: "bucketName", Values: ["x".repeat(2048)] }] },
        "The rendered policy must not be longer than 2048 characters.",
      ],
    ] as const) {
      const given = JSON.parse(JSON.stringify(Permissions));
      assert.deepEqual(await refused(asker.ask({ Permissions: given })), invalid(message));
    }
    const two = { PolicyTemplateArn, Parameters: [{ Name: "bucketName", Values: ["a", "b"] }] };
    assert.deepEqual(await refused(asker.ask({ Permissions: two })), {
      code: "ValidationError",
      message: "bucketName replacement value must contain exactly one value, got 2",
      status: 400,
    });
  });

  test("a user needs the permission, and may be held to a template, a channel and a duration", async () => {
    const template = await createPolicy(h, "held-template");
    const channel = `arn:aws:sns:us-east-1:${testAccount}:requests`;
    const user = await userWithKey(
      h,
      "held",
      allow("iam:CreateDelegationRequest", `arn:aws:iam::${testAccount}:delegation-request/*`, {
        StringEquals: { "iam:NotificationChannel": channel },
        ArnEquals: { "iam:TemplateArn": template.Arn },
        NumericLessThanEquals: { "iam:DelegationDuration": "3600" },
      }),
    );
    const ask = (SessionDuration: number, NotificationChannel = channel) =>
      user.iam.send(
        new CreateDelegationRequestCommand({
          Description: "",
          Permissions: { PolicyTemplateArn: template.Arn },
          RequestorWorkflowId: `held ${SessionDuration} ${NotificationChannel}`,
          NotificationChannel,
          SessionDuration,
        }),
      );
    assert.ok((await ask(3600)).DelegationRequestId);
    const denied = accessDenied(
      "held",
      "iam:CreateDelegationRequest",
      `arn:aws:iam::${testAccount}:delegation-request/*`,
    );
    assert.deepEqual(await refused(ask(3601)), denied);
    assert.deepEqual(await refused(ask(300, `${channel}-2`)), denied);
  });
});
