import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserPolicyCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, documentOfSize } from "../../../../test/policies.ts";
import { accessDenied, constraints, noSuchUser } from "../../../../test/refusals.ts";

suite("PutUserPolicy", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const put = (PolicyName: string, PolicyDocument = document(), UserName = "ann", iam = h.iam) =>
    iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
  const names = async (UserName = "ann") => (await h.iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames;
  const read = async (PolicyName: string) =>
    decodeURIComponent(
      (await h.iam.send(new GetUserPolicyCommand({ UserName: "ann", PolicyName }))).PolicyDocument ?? "",
    );

  test("adds a policy, and takes the place of the one with its name", async () => {
    await put("first", document("s3:GetObject"));
    await put("second", document("s3:PutObject"));
    await put("first", document("s3:ListBucket"));
    assert.deepEqual(await names(), ["first", "second"]);
    assert.equal(await read("first"), document("s3:ListBucket"));
    assert.equal(await read("second"), document("s3:PutObject"));
  });

  test("names are the same in any case, and stay as they were first given, as observed on AWS", async () => {
    await put("MixedName", document("s3:GetObject"));
    await put("mixedname", document("s3:DeleteObject"));
    assert.deepEqual(await names(), ["MixedName", "first", "second"]);
    assert.equal(await read("MIXEDNAME"), document("s3:DeleteObject"));
  });

  test("what is put, is in force at once", async () => {
    const bob = await userWithKey(h, "bob");
    const listUsers = () => bob.iam.send(new ListUsersCommand({}));
    const denied = accessDenied("bob", "iam:ListUsers", `arn:aws:iam::${testAccount}:user/`);
    assert.deepEqual(await refused(listUsers()), denied);
    await put("may", document("iam:ListUsers"), "bob");
    assert.equal((await listUsers()).Users?.length, 2);
    await put("MAY", document("iam:ListGroups"), "bob");
    assert.deepEqual(await refused(listUsers()), denied);
    assert.deepEqual(await names("bob"), ["may"]);
  });

  test("accepts the older version and a document without one", async () => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    await put("older", JSON.stringify({ Version: "2008-10-17", Statement: statement }));
    await put("unversioned", JSON.stringify({ Statement: statement }));
  });

  for (const [what, text, message] of [
    ["what is not JSON", "This is not a json document", "Syntax errors in policy."],
    [
      "a principal",
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"*"}}',
      "Policy document should not specify a principal.",
    ],
    [
      "no resource",
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListBucket"}}',
      "Policy statement must contain resources.",
    ],
  ] as const) {
    test(`refuses a document with ${what}`, async () => {
      assert.deepEqual(await refused(put("malformed", text)), {
        code: "MalformedPolicyDocument",
        message,
        status: 400,
      });
      assert.equal((await names())?.includes("malformed"), false);
    });
  }

  test("all of a user's documents have 2048 characters at most together, white space not counted", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "Full" }));
    const full = {
      code: "LimitExceeded",
      message: "Maximum policy size of 2048 bytes exceeded for user Full",
      status: 409,
    };
    await put("a", documentOfSize(1024).replaceAll(",", ", \n\t"), "full");
    await put("b", documentOfSize(1024), "full");
    assert.deepEqual(await refused(put("c", document(), "full")), full);
    // What is replaced makes room, under whatever spelling of its name.
    await put("B", documentOfSize(1000), "full");
    assert.deepEqual(await refused(put("b", documentOfSize(1025), "full")), full);
    assert.deepEqual(await names("full"), ["a", "b"]);
    await h.iam.send(new DeleteUserPolicyCommand({ UserName: "full", PolicyName: "a" }));
    await put("b", documentOfSize(2048), "full");
    assert.deepEqual(await refused(put("a", documentOfSize(2049), "full")), full);
  });

  test("of many at once no more get in than fit", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "race" }));
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, number) => put(`policy-${number}`, documentOfSize(600), "race")),
    );
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 3);
    assert.equal((await names("race"))?.length, 3);
  });

  test("refuses a user that is not there and what is outside the limits", async () => {
    assert.deepEqual(await refused(put("any", document(), "nobody")), noSuchUser("nobody"));
    assert.deepEqual(
      await refused(put("a".repeat(129))),
      constraints(["policyName", "Member must have length less than or equal to 128"]),
    );
    assert.deepEqual(await refused(put("with blank")), {
      code: "ValidationError",
      message:
        "The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
      status: 400,
    });
  });

  test("who may administer bounded users, may change the policies of no other", async () => {
    const { Arn } = await createPolicy(h, "boundary");
    await h.iam.send(new CreateUserCommand({ UserName: "bounded", PermissionsBoundary: Arn }));
    await h.iam.send(new CreateUserCommand({ UserName: "free" }));
    const condition = { StringEquals: { "iam:PermissionsBoundary": Arn } };
    const actions = ["iam:PutUserPolicy", "iam:DeleteUserPolicy", "iam:AttachUserPolicy", "iam:DetachUserPolicy"];
    const sub = await userWithKey(h, "sub", allow(actions, "*", condition));
    const changes = (UserName: string) => [
      () => put("inline", document(), UserName, sub.iam),
      () => sub.iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "inline" })),
      () => sub.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Arn })),
      () => sub.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: Arn })),
    ];
    for (const change of changes("bounded")) await change();
    const arn = `arn:aws:iam::${testAccount}:user/free`;
    for (const [at, change] of changes("free").entries()) {
      assert.deepEqual(await refused(change()), accessDenied("sub", actions[at] ?? "", arn));
    }
  });

  test("refuses a caller who may not", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:PutUserPolicy", `${arn}/eve`));
    await put("own", document(), "eve", eve.iam);
    for (const user of ["ann", "nobody"]) {
      assert.deepEqual(
        await refused(put("any", document(), user, eve.iam)),
        accessDenied("eve", "iam:PutUserPolicy", `${arn}/${user}`),
      );
    }
  });
});
