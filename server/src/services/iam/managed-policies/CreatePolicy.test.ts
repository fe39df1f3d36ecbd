import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreatePolicyCommand,
  type CreatePolicyCommandInput,
  DeletePolicyCommand,
  GetPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { document, documentOfSize, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints, invalidPath } from "../../../../test/refusals.ts";

suite("CreatePolicy", async () => {
  const h = await harness();
  const create = async (input: Partial<CreatePolicyCommandInput>, iam = h.iam) =>
    (await iam.send(new CreatePolicyCommand({ PolicyName: "readers", PolicyDocument: document(), ...input }))).Policy;
  const names = async () =>
    (await h.iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies?.map((policy) => policy.PolicyName);

  test("answers the whole policy, at the path / unless told otherwise", async () => {
    const policy = await create({ PolicyName: "Plain" });
    assert.deepEqual(policy, {
      PolicyName: "Plain",
      PolicyId: policy?.PolicyId,
      Arn: ownArn("Plain"),
      Path: "/",
      DefaultVersionId: "v1",
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: new Date(startOfTest),
      UpdateDate: new Date(startOfTest),
    });
    assert.match(policy?.PolicyId ?? "", /^ANPA[A-Z2-7]{17}$/);
    const below = await create({ PolicyName: "Below", Path: "/test/path/" });
    assert.deepEqual([below?.Path, below?.Arn], ["/test/path/", ownArn("test/path/Below")]);
  });

  test("keeps the description without repeating it, and repeats the tags as they were given", async () => {
    const given = ["abc", "b", "z", "a", "A"].map((Key) => ({ Key, Value: `${Key}-value` }));
    const policy = await create({ PolicyName: "described", Description: "What it is for", Tags: given });
    assert.deepEqual([policy?.Description, policy?.Tags], [undefined, given]);
    const { Policy } = await h.iam.send(new GetPolicyCommand({ PolicyArn: policy?.Arn }));
    assert.equal(Policy?.Description, "What it is for");
    // Recorded from AWS: keys that differ in case are two tags of a policy, and short keys are listed first.
    const { Tags } = await h.iam.send(new ListPolicyTagsCommand({ PolicyArn: policy?.Arn }));
    assert.deepEqual(
      Tags?.map((tag) => tag.Key),
      ["A", "a", "b", "z", "abc"],
    );
  });

  test("refuses a name that is taken, in whatever case and path", async () => {
    await create({ PolicyName: "Taken" });
    for (const [PolicyName, Path] of [
      ["Taken", "/"],
      ["TAKEN", "/elsewhere/"],
    ] as const) {
      assert.deepEqual(await refused(create({ PolicyName, Path })), {
        code: "EntityAlreadyExists",
        message: `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`,
        status: 409,
      });
    }
    await h.iam.send(new DeletePolicyCommand({ PolicyArn: ownArn("Taken") }));
    assert.equal((await create({ PolicyName: "taken" }))?.Arn, ownArn("taken"));
  });

  for (const [what, PolicyDocument, message] of [
    ["what is not JSON", "This is not a json document", "Syntax errors in policy."],
    ["no statement", '{"Version":"2012-10-17"}', "Syntax errors in policy."],
    [
      "the older version",
      '{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}}',
      "Policy document must be version 2012-10-17 or greater.",
    ],
    [
      "an action without a service",
      JSON.stringify(allow("invalid")),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [
      "a resource that is no ARN",
      JSON.stringify(allow("s3:ListBucket", "invalid resource")),
      'Resource invalid resource must be in ARN format or "*".',
    ],
    [
      "a principal",
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:ListBucket","Resource":"*"}}',
      "Policy document should not specify a principal.",
    ],
  ] as const) {
    test(`refuses a document with ${what}`, async () => {
      assert.deepEqual(await refused(create({ PolicyName: "malformed", PolicyDocument })), {
        code: "MalformedPolicyDocument",
        message,
        status: 400,
      });
      assert.equal((await names())?.includes("malformed"), false);
    });
  }

  test("documents have 6144 characters at most, white space not counted", async () => {
    const longest = documentOfSize(6144);
    const spread = longest.replaceAll(",", " ,\t\r\n ");
    assert.ok(spread.length > 6144);
    assert.equal((await create({ PolicyName: "longest", PolicyDocument: spread }))?.DefaultVersionId, "v1");
    assert.deepEqual(await refused(create({ PolicyName: "longer", PolicyDocument: documentOfSize(6145) })), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for PolicySize: 6144",
      status: 409,
    });
  });

  test("refuses keys given twice, reserved ones, and more tags than fit, as recorded from AWS", async () => {
    const tagged = (...keys: string[]) =>
      create({ PolicyName: "tagged", Tags: keys.map((Key) => ({ Key, Value: "" })) });
    assert.deepEqual(await refused(tagged("0", "0")), {
      code: "InvalidInput",
      message: "Duplicate tag keys found.",
      status: 400,
    });
    assert.deepEqual(await refused(tagged("AWS:team")), {
      code: "InvalidInput",
      message: "Tag keys beginning with aws: are reserved for system use.",
      status: 400,
    });
    assert.deepEqual(
      await refused(tagged(...Array.from({ length: 51 }, (_, number) => `${number}`))),
      constraints(["tags", "Member must have length less than or equal to 50"]),
    );
    assert.deepEqual(
      await refused(tagged("0".repeat(129))),
      constraints(["tags.1.member.key", "Member must have length less than or equal to 128"]),
    );
    assert.deepEqual(
      await refused(create({ PolicyName: "tagged", Tags: [{ Key: "0", Value: "0".repeat(257) }] })),
      constraints(["tags.1.member.value", "Member must have length less than or equal to 256"]),
    );
    assert.deepEqual(
      await refused(tagged("NOWAY!")),
      constraints([
        "tags.1.member.key",
        "Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
      ]),
    );
    assert.equal((await names())?.includes("tagged"), false);
  });

  test("refuses names, paths and documents outside their limits", async () => {
    assert.deepEqual(
      await refused(create({ PolicyName: "a".repeat(129), PolicyDocument: " ".repeat(131_073) })),
      constraints(
        ["policyDocument", "Member must have length less than or equal to 131072"],
        ["policyName", "Member must have length less than or equal to 128"],
      ),
    );
    assert.deepEqual(await refused(create({ PolicyName: "with blank" })), {
      code: "ValidationError",
      message:
        "The specified value for policyName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
      status: 400,
    });
    assert.deepEqual(await refused(create({ Path: "no/slash" })), invalidPath("path"));
  });

  test("who may create below one path may not elsewhere, and learns no name that is taken", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:CreatePolicy", ownArn("team/*")));
    assert.equal((await create({ PolicyName: "mine", Path: "/team/" }, eve.iam))?.Arn, ownArn("team/mine"));
    for (const PolicyName of ["mine", "other"]) {
      assert.deepEqual(
        await refused(create({ PolicyName }, eve.iam)),
        accessDenied("eve", "iam:CreatePolicy", ownArn(PolicyName)),
      );
    }
  });
});

suite("CreatePolicy: quota", async () => {
  const h = await harness({ quotas: { PoliciesPerAccount: 3 } });
  const create = (PolicyName: string) =>
    h.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: document() }));

  test("refuses one policy more than the quota, until another is deleted", async () => {
    for (const name of ["a", "b", "c"]) await create(name);
    assert.deepEqual(await refused(create("d")), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for PoliciesPerAccount: 3",
      status: 409,
    });
    await h.iam.send(new DeletePolicyCommand({ PolicyArn: ownArn("a") }));
    await create("d");
    const { Policies } = await h.iam.send(new ListPoliciesCommand({ Scope: "Local" }));
    assert.deepEqual(
      Policies?.map((policy) => policy.PolicyName),
      ["b", "c", "d"],
    );
  });

  test("of twenty at once for one name, exactly one succeeds", async () => {
    await h.iam.send(new DeletePolicyCommand({ PolicyArn: ownArn("b") }));
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => create("raced")));
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
    for (const result of results) {
      if (result.status === "rejected") {
        assert.equal(result.reason.message, "A policy called raced already exists. Duplicate names are not allowed.");
      }
    }
    const { Policy } = await h.iam.send(new GetPolicyCommand({ PolicyArn: ownArn("raced") }));
    assert.equal(Policy?.Arn, `arn:aws:iam::${testAccount}:policy/raced`);
  });
});
