import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints, noSuchUser } from "../../../../test/refusals.ts";

suite("AttachUserPolicy", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const attach = (UserName: string, PolicyArn: string, iam = h.iam) =>
    iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
  const attached = async (UserName: string) =>
    (await h.iam.send(new ListAttachedUserPoliciesCommand({ UserName }))).AttachedPolicies;

  test("attaches the account's own policies and AWS's, and minds none that is attached already", async () => {
    const { Arn } = await createPolicy(h, "Readers", { Path: "/team/" });
    const aws = await insertAwsPolicy(h, "AWSLambdaBasicExecutionRole", "/service-role/");
    for (const arn of [Arn, aws, Arn]) await attach("ANN", arn);
    assert.deepEqual(await attached("ann"), [
      { PolicyName: "Readers", PolicyArn: Arn },
      { PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: aws },
    ]);
  });

  test("what is attached, is in force at once, and until it is detached", async () => {
    const { Arn } = await createPolicy(h, "listers", { PolicyDocument: document("iam:ListUsers") });
    const carl = await userWithKey(h, "carl");
    const listUsers = () => carl.iam.send(new ListUsersCommand({}));
    const denied = accessDenied("carl", "iam:ListUsers", `arn:aws:iam::${testAccount}:user/`);
    assert.deepEqual(await refused(listUsers()), denied);
    await attach("carl", Arn);
    assert.equal((await listUsers()).Users?.length, 3);
    await h.iam.send(new DetachUserPolicyCommand({ UserName: "carl", PolicyArn: Arn }));
    assert.deepEqual(await refused(listUsers()), denied);
  });

  test("refuses an eleventh policy", async () => {
    const policies = [];
    for (let number = 1; number <= 11; number++) policies.push(await createPolicy(h, `policy-${number}`));
    const [last, ...ten] = policies.toReversed();
    for (const { Arn } of ten) await attach("bob", Arn);
    const full = { code: "LimitExceeded", message: "Cannot exceed quota for PoliciesPerUser: 10", status: 409 };
    assert.deepEqual(await refused(attach("bob", last?.Arn ?? "")), full);
    await attach("bob", ten[0]?.Arn ?? "");
    assert.equal((await attached("bob"))?.length, 10);
    await h.iam.send(new DetachUserPolicyCommand({ UserName: "bob", PolicyArn: ten[0]?.Arn }));
    await attach("bob", last?.Arn ?? "");
    assert.equal((await attached("bob"))?.at(-1)?.PolicyName, "policy-11");
  });

  test("of eleven at once, one is refused", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "race" }));
    const results = await Promise.allSettled(
      Array.from({ length: 11 }, (_, number) => attach("race", ownArn(`policy-${number + 1}`))),
    );
    assert.equal(results.filter(({ status }) => status === "rejected").length, 1);
    assert.equal((await attached("race"))?.length, 10);
  });

  test("refuses policies that are not there, of this account or another", async () => {
    for (const arn of [
      ownArn("nonexistent"),
      ownArn("team/READERS"),
      ownArn("Readers"),
      "arn:aws:iam::aws:policy/Nonexistent",
      "arn:aws:iam::999999999999:policy/team/Readers",
    ]) {
      assert.deepEqual(await refused(attach("ann", arn)), {
        code: "NoSuchEntity",
        message: `Policy ${arn} does not exist or is not attachable.`,
        status: 404,
      });
    }
  });

  test("refuses what is no policy's ARN, or one of another partition", async () => {
    for (const arn of [
      "longpolicynamebutnoarn",
      "arn:aws:iam::123456789012:user/ann",
      "arn:aws:s3:::bucket/policy/x",
    ]) {
      assert.deepEqual(await refused(attach("ann", arn)), {
        code: "ValidationError",
        message: `ARN ${arn} is not valid.`,
        status: 400,
      });
    }
    assert.deepEqual(
      await refused(attach("ann", "Readers")),
      constraints(["policyArn", "Member must have length greater than or equal to 20"]),
    );
    assert.deepEqual(await refused(attach("ann", "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess")), {
      code: "ValidationError",
      message: "Invalid ARN partition",
      status: 400,
    });
  });

  test("refuses what AWS keeps for its own use", async () => {
    for (const [name, path] of [
      ["AmazonTimestreamInfluxDBServiceRolePolicy", "/aws-service-role/"],
      ["IAMAuditRootUserCredentials", "/root-task/"],
    ] as const) {
      assert.deepEqual(await refused(attach("ann", await insertAwsPolicy(h, name, path))), {
        code: "PolicyNotAttachable",
        message: "Cannot attach AWS reserved policy to an IAM user.",
        status: 400,
      });
    }
    // One's own may have such a path.
    const { Arn } = await createPolicy(h, "ours", { Path: "/root-task/" });
    await attach("ann", Arn);
  });

  test("refuses a user that is not there", async () => {
    assert.deepEqual(await refused(attach("nobody", ownArn("team/Readers"))), noSuchUser("nobody"));
  });

  test("who may attach one policy to one user, may no other and to no other", async () => {
    const ann = `arn:aws:iam::${testAccount}:user/ann`;
    const eve = await userWithKey(
      h,
      "eve",
      allow("iam:AttachUserPolicy", ann, { ArnEquals: { "iam:PolicyARN": ownArn("team/Readers") } }),
    );
    await attach("ann", ownArn("team/Readers"), eve.iam);
    for (const [user, arn] of [
      ["ann", ownArn("listers")],
      ["ann", ownArn("team/READERS")],
      ["ann", ownArn("nonexistent")],
      ["bob", ownArn("team/Readers")],
      ["nobody", ownArn("team/Readers")],
    ] as const) {
      assert.deepEqual(
        await refused(attach(user, arn, eve.iam)),
        accessDenied("eve", "iam:AttachUserPolicy", `arn:aws:iam::${testAccount}:user/${user}`),
      );
    }
  });
});
