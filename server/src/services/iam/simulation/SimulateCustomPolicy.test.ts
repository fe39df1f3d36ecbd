import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { SimulateCustomPolicyCommand, type SimulateCustomPolicyCommandInput } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";

const bucket = "arn:aws:s3:::amzn-s3-demo-bucket";
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const read = { Effect: "Allow", Action: "s3:Get*", Resource: `${bucket}/*` };
const keep = { Effect: "Deny", Action: "s3:*", Resource: `${bucket}/secret/*` };

suite("SimulateCustomPolicy", async () => {
  const h = await harness();
  const simulate = (input: Partial<SimulateCustomPolicyCommandInput>, iam = h.iam) =>
    iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: [policy(read, keep)],
        ActionNames: ["s3:GetObject"],
        ...input,
      }),
    );
  const result = async (input: Partial<SimulateCustomPolicyCommandInput>) =>
    (await simulate(input)).EvaluationResults?.[0];
  const refuse = async (input: Partial<SimulateCustomPolicyCommandInput>, message: string, code = "InvalidInput") =>
    assert.deepEqual(await refused(simulate(input)), { code, message, status: 400 });

  test("answers as the AWS CLI's reference shows, statement's position included", async () => {
    const PolicyInputList = [
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}',
    ];
    const at = (time: string): Partial<SimulateCustomPolicyCommandInput> => ({
      PolicyInputList,
      ActionNames: ["dynamodb:CreateBackup"],
      ContextEntries: [{ ContextKeyName: "aws:CurrentTime", ContextKeyValues: [time], ContextKeyType: "date" }],
    });
    assert.deepEqual((await simulate(at("2019-04-25T11:00:00Z"))).EvaluationResults, [
      {
        EvalActionName: "dynamodb:CreateBackup",
        EvalResourceName: "*",
        EvalDecision: "allowed",
        MatchedStatements: [
          {
            SourcePolicyId: "PolicyInputList.1",
            SourcePolicyType: "IAM Policy",
            StartPosition: { Line: 1, Column: 38 },
            EndPosition: { Line: 1, Column: 167 },
          },
        ],
        MissingContextValues: [],
      },
    ]);
    assert.deepEqual((await simulate(at("2014-04-25T11:00:00Z"))).EvaluationResults, [
      {
        EvalActionName: "dynamodb:CreateBackup",
        EvalResourceName: "*",
        EvalDecision: "implicitDeny",
        MatchedStatements: [],
        MissingContextValues: [],
      },
    ]);
  });

  test("one result for an action, with a part for each resource, and the strictest decision of them", async () => {
    const open = `${bucket}/open/a`;
    const secret = `${bucket}/secret/a`;
    const answer = await simulate({ ActionNames: ["s3:GetObject", "s3:PutObject"], ResourceArns: [open, secret] });
    const [get, put] = answer.EvaluationResults ?? [];
    assert.deepEqual(
      [get, put].map((one) => [
        one?.EvalActionName,
        one?.EvalDecision,
        one?.EvalDecisionDetails,
        one?.ResourceSpecificResults?.map((part) => [
          part.EvalResourceName,
          part.EvalResourceDecision,
          part.MatchedStatements?.length,
        ]),
      ]),
      [
        [
          "s3:GetObject",
          "explicitDeny",
          {},
          [
            [open, "allowed", 1],
            [secret, "explicitDeny", 1],
          ],
        ],
        [
          "s3:PutObject",
          "explicitDeny",
          {},
          [
            [open, "implicitDeny", 0],
            [secret, "explicitDeny", 1],
          ],
        ],
      ],
    );
    // Of the deny alone, although a statement that allows applies to the secret, too.
    assert.deepEqual(get?.MatchedStatements, get?.ResourceSpecificResults?.[1]?.MatchedStatements);
    assert.equal((await result({ ResourceArns: [open] }))?.EvalResourceName, open);
  });

  test("names the keys that the policies ask for and nobody gave, each once", async () => {
    const PolicyInputList = [
      policy(
        { ...read, Resource: `${bucket}/\${aws:username}/*`, Condition: { Bool: { "aws:SecureTransport": "true" } } },
        { ...keep, Condition: { StringEquals: { "AWS:securetransport": "x", "s3:prefix": "a" } } },
      ),
    ];
    const missing = async (input: Partial<SimulateCustomPolicyCommandInput>) =>
      (await result({ PolicyInputList, ...input }))?.MissingContextValues;
    assert.deepEqual(await missing({}), ["aws:username", "aws:SecureTransport", "s3:prefix"]);
    assert.deepEqual(await missing({ CallerArn: "arn:aws:iam::123456789012:user/team/ann" }), [
      "aws:SecureTransport",
      "s3:prefix",
    ]);
    const one = await result({ PolicyInputList, ResourceArns: [`${bucket}/a`] });
    assert.deepEqual(one?.ResourceSpecificResults?.[0]?.MissingContextValues, one?.MissingContextValues);
  });

  test("the type of an entry tells one value from many", async () => {
    const PolicyInputList = [policy({ ...read, Resource: "*", Condition: { StringEquals: { "example:Key": "a" } } })];
    const decision = async (ContextKeyType: "string" | "stringList") => {
      const ContextEntries = [{ ContextKeyName: "example:key", ContextKeyValues: ["a"], ContextKeyType }];
      return (await result({ PolicyInputList, ContextEntries }))?.EvalDecision;
    };
    assert.equal(await decision("string"), "allowed");
    assert.equal(await decision("stringList"), "implicitDeny");
  });

  test("a boundary limits, and says so", async () => {
    const boundary = (action: string, Effect = "Allow") => [policy({ Effect, Action: action, Resource: "*" })];
    const under = async (PermissionsBoundaryPolicyInputList: string[]) => {
      const found = await result({ ResourceArns: [`${bucket}/a`], PermissionsBoundaryPolicyInputList });
      return [found?.EvalDecision, found?.PermissionsBoundaryDecisionDetail, found?.MatchedStatements?.length];
    };
    assert.deepEqual(await under(boundary("s3:*")), ["allowed", { AllowedByPermissionsBoundary: true }, 1]);
    assert.deepEqual(await under(boundary("iam:*")), ["implicitDeny", { AllowedByPermissionsBoundary: false }, 0]);
    assert.deepEqual(await under(boundary("*", "Deny")), ["explicitDeny", { AllowedByPermissionsBoundary: false }, 0]);
  });

  test("each level of an organization must allow", async () => {
    const level = (...actions: string[]) => ({
      ServiceControlPolicyInputList: actions.map((Action) => policy({ Effect: "Allow", Action, Resource: "*" })),
    });
    const under = async (...OrderedOrganizationPolicyInputList: object[]) => {
      const found = await result({ ResourceArns: [`${bucket}/a`], OrderedOrganizationPolicyInputList });
      return [found?.EvalDecision, found?.OrganizationsDecisionDetail, found?.EvalDecisionDetails];
    };
    assert.deepEqual(await under(level("*"), level("iam:*", "s3:*")), [
      "allowed",
      { AllowedByOrganizations: true },
      {},
    ]);
    const denied = ["implicitDeny", { AllowedByOrganizations: false }, undefined];
    assert.deepEqual(await under(level("*"), level("iam:*")), denied);
    assert.deepEqual(await under(level("iam:*"), level("*")), denied);
  });

  test("a resource's policy allows in its account, and must allow across accounts", async () => {
    const CallerArn = "arn:aws:iam::123456789012:user/ann";
    const ResourcePolicy = policy({ Effect: "Allow", Principal: { AWS: CallerArn }, Action: "s3:*", Resource: "*" });
    const none = [policy({ Effect: "Allow", Action: "iam:*", Resource: "*" })];
    const ResourceArns = [`${bucket}/a`];
    const same = await result({ PolicyInputList: none, CallerArn, ResourcePolicy, ResourceArns });
    assert.deepEqual(
      [
        same?.EvalDecision,
        same?.EvalDecisionDetails,
        same?.MatchedStatements?.map((one) => [one.SourcePolicyId, one.SourcePolicyType]),
      ],
      ["allowed", {}, [["ResourcePolicy", "Resource Policy"]]],
    );
    const ResourceOwner = "arn:aws:iam::999999999999:root";
    const across = { CallerArn, ResourcePolicy, ResourceArns, ResourceOwner };
    const refusedAcross = await result({ ...across, PolicyInputList: none });
    assert.deepEqual(
      [refusedAcross?.EvalDecision, refusedAcross?.EvalDecisionDetails],
      ["implicitDeny", { "IAM Policy": "implicitDeny", "Resource Policy": "allowed" }],
    );
    assert.equal((await result(across))?.EvalDecision, "allowed");
    const other = { ...across, CallerArn: "arn:aws:iam::123456789012:user/bob" };
    assert.deepEqual((await result(other))?.EvalDecisionDetails, {
      "IAM Policy": "allowed",
      "Resource Policy": "implicitDeny",
    });
  });

  test("pages by action, and ends a page that would take long", async () => {
    const ActionNames = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"];
    const seen: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const answer = await simulate({ ActionNames, MaxItems: 2, Marker });
      seen.push(answer.EvaluationResults?.map((one) => one.EvalActionName).join(" "));
      assert.equal(answer.IsTruncated, answer.Marker !== undefined);
      Marker = answer.Marker;
    } while (Marker !== undefined);
    assert.deepEqual(seen, ["s3:GetObject s3:PutObject", "s3:ListBucket"]);
    const ResourceArns = Array.from({ length: 501 }, (_, at) => `${bucket}/${at}`);
    const long = await simulate({ ActionNames, ResourceArns });
    assert.deepEqual([long.EvaluationResults?.length, long.IsTruncated], [1, true]);
    await refuse({ Marker: "nonsense" }, "Invalid Marker.", "ValidationError");
  });

  test("a scenario of EC2 needs its resources", async () => {
    const ResourceHandlingOption = "EC2-VPC-InstanceStore";
    const ec2 = (type: string) => `arn:aws:ec2:us-east-1:123456789012:${type}/1`;
    const ResourceArns = ["instance", "image", "security-group", "network-interface"].map(ec2);
    assert.equal((await result({ ResourceHandlingOption, ResourceArns }))?.ResourceSpecificResults?.length, 4);
    await refuse(
      { ResourceHandlingOption, ResourceArns: ResourceArns.slice(1) },
      "Resource Handling Option EC2-VPC-InstanceStore needs resources: instance",
    );
    await refuse({ ResourceHandlingOption: "constructor" }, "Invalid Resource Handling Option: constructor");
  });

  test("refuses what it cannot simulate", async () => {
    await refuse({ PolicyInputList: ["no JSON"] }, "Syntax errors in policy.");
    await refuse({ PermissionsBoundaryPolicyInputList: ["{}"] }, "Syntax errors in policy.");
    await refuse({ ActionNames: ["s3:Get*", "iam:GetUser", "nonsense"] }, "Invalid Input Actions: [s3:Get*,nonsense]");
    await refuse(
      { ResourceArns: ["14a050d4-021e-4efe-84bb-0871bf6d0fda"] },
      "ResourceNames are not in a valid ARN format: 14a050d4-021e-4efe-84bb-0871bf6d0fda.",
    );
    await refuse({ ResourceOwner: "123456789012" }, "'123456789012' is not a valid as a Resource Owner.");
    await refuse(
      { CallerArn: "arn:aws:sts::123456789012:assumed-role/Admin/me" },
      "Invalid caller - Caller must be an IAM user, role or group in this context.",
    );
    await refuse({ ResourcePolicy: "{}" }, "Invalid caller - Caller cannot be null or empty.");
    const entry = { ContextKeyName: "example:Key", ContextKeyValues: ["x"] };
    await refuse(
      { ContextEntries: [{ ...entry, ContextKeyType: "numericList" }] },
      "Context key example:Key has a value that is not of type numericList: x",
    );
    await refuse(
      { ContextEntries: [{ ...entry, ContextKeyType: "string", ContextKeyValues: ["a", "b"] }] },
      "Context key example:Key of type string must have one value.",
    );
    await refuse({ ContextEntries: [{ ContextKeyValues: ["x"] }] }, "A context entry must have a ContextKeyName.");
  });

  test("asks for permission on everything", async () => {
    const ann = await userWithKey(h, "ann");
    assert.deepEqual(await refused(simulate({}, ann.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${h.accountId}:user/ann is not authorized to perform: iam:SimulateCustomPolicy on resource: * because no identity-based policy allows the iam:SimulateCustomPolicy action`,
      status: 403,
    });
    const bob = await userWithKey(h, "bob", allow("iam:SimulateCustomPolicy"));
    assert.equal((await simulate({}, bob.iam)).EvaluationResults?.length, 1);
  });
});
