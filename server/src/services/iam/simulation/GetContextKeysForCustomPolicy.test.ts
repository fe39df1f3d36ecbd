import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetContextKeysForCustomPolicyCommand } from "@aws-sdk/client-iam";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("GetContextKeysForCustomPolicy", async () => {
  const h = await harness();
  const keys = async (...PolicyInputList: string[]) =>
    (await h.iam.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList }))).ContextKeyNames;
  const policy = (Condition: object, Resource: string, Version = "2012-10-17") =>
    JSON.stringify({ Version, Statement: { Effect: "Allow", Action: "dynamodb:*", Resource, Condition } });

  test("answers as the AWS CLI's reference shows", async () => {
    const table = "arn:aws:dynamodb:us-west-2:123456789012:table/";
    const Condition = { DateGreaterThan: { "aws:CurrentTime": "2015-08-16T12:00:00Z" } };
    assert.deepEqual(await keys(policy(Condition, `${table}\${aws:username}`)), ["aws:username", "aws:CurrentTime"]);
  });

  test("each key once, whatever its case, from resources and from values, with a default or without", async () => {
    assert.deepEqual(
      await keys(
        policy({ StringLike: { "s3:prefix": `\${aws:userid}/*`, "aws:Username": "a" } }, "*"),
        policy({ StringEquals: { "AWS:username": `\${aws:PrincipalTag/team, 'none'}`, "S3:Prefix": `\${*}` } }, "*"),
      ),
      ["s3:prefix", "aws:userid", "aws:Username", "aws:PrincipalTag/team"],
    );
    // 2008-10-17 has no variables.
    assert.deepEqual(await keys(policy({}, `arn:aws:s3:::a/\${aws:username}`, "2008-10-17")), []);
  });

  test("refuses what is no policy", async () => {
    assert.deepEqual(await refused(keys("{")), {
      code: "InvalidInput",
      message: "Syntax errors in policy.",
      status: 400,
    });
  });

  test("asks for permission on everything", async () => {
    const ann = await userWithKey(h, "ann");
    const call = ann.iam.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList: ["{}"] }));
    assert.deepEqual(await refused(call), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${h.accountId}:user/ann is not authorized to perform: iam:GetContextKeysForCustomPolicy on resource: * because no identity-based policy allows the iam:GetContextKeysForCustomPolicy action`,
      status: 403,
    });
  });
});
