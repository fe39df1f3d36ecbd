import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListPolicyTagsCommand, type Tag, TagPolicyCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("TagPolicy", async () => {
  const h = await harness();
  const { Arn } = await createPolicy(h, "tagged");
  const tag = (Tags: Tag[], PolicyArn = Arn, iam = h.iam) => iam.send(new TagPolicyCommand({ PolicyArn, Tags }));
  const tags = async () =>
    Object.fromEntries(
      (await h.iam.send(new ListPolicyTagsCommand({ PolicyArn: Arn }))).Tags?.map(({ Key, Value }) => [Key, Value]) ??
        [],
    );

  test("adds tags and overwrites those with the same key", async () => {
    await tag([
      { Key: "somekey", Value: "somevalue" },
      { Key: "someotherkey", Value: "someothervalue" },
    ]);
    await tag([{ Key: "somekey", Value: "" }]);
    assert.deepEqual(await tags(), { somekey: "", someotherkey: "someothervalue" });
  });

  test("keys that differ in case are different keys, as recorded from AWS", async () => {
    await tag([
      { Key: "a", Value: "lowercase" },
      { Key: "A", Value: "uppercase" },
    ]);
    await tag([{ Key: "A", Value: "changed" }]);
    assert.deepEqual(await tags(), { A: "changed", a: "lowercase", somekey: "", someotherkey: "someothervalue" });
  });

  test("fifty tags fit, however they come", async () => {
    const many = Array.from({ length: 46 }, (_, number) => ({ Key: `key-${number}`, Value: "v" }));
    await tag(many);
    assert.equal(Object.keys(await tags()).length, 50);
    assert.deepEqual(await refused(tag([{ Key: "one more", Value: "" }])), {
      code: "LimitExceeded",
      message: "The number of tags has reached the maximum limit.",
      status: 409,
    });
    await tag([{ Key: "key-0", Value: "changed" }]);
    assert.equal((await tags())["key-0"], "changed");
  });

  test("refuses keys given twice, reserved ones and what is outside the limits", async () => {
    const twice = ["0", "0"].map((Key) => ({ Key, Value: "" }));
    assert.deepEqual(await refused(tag(twice)), {
      code: "InvalidInput",
      message: "Duplicate tag keys found.",
      status: 400,
    });
    assert.deepEqual(await refused(tag([{ Key: "aws:team", Value: "" }])), {
      code: "InvalidInput",
      message: "Tag keys beginning with aws: are reserved for system use.",
      status: 400,
    });
    assert.deepEqual(
      await refused(tag(Array.from({ length: 51 }, (_, number) => ({ Key: `${number}`, Value: `${number}` })))),
      constraints(["tags", "Member must have length less than or equal to 50"]),
    );
    assert.deepEqual(
      await refused(tag([{ Key: "NOWAY!", Value: "0".repeat(257) }])),
      constraints(
        ["tags.1.member.value", "Member must have length less than or equal to 256"],
        ["tags.1.member.key", "Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"],
      ),
    );
  });

  test("refuses a policy that is not there, and AWS's own", async () => {
    const one = [{ Key: "some", Value: "value" }];
    assert.deepEqual(await refused(tag(one, ownArn("NotAPolicy"))), {
      code: "NoSuchEntity",
      message: `Policy ${ownArn("NotAPolicy")} was not found.`,
      status: 404,
    });
    assert.deepEqual(await refused(tag(one, await insertAwsPolicy(h, "AdministratorAccess"))), {
      code: "InvalidInput",
      message: "Tags not supported for policies in this domain",
      status: 400,
    });
  });

  test("refuses a caller who may not", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:TagPolicy", ownArn("team/*")));
    const one = [{ Key: "some", Value: "value" }];
    assert.deepEqual(await refused(tag(one, Arn, eve.iam)), accessDenied("eve", "iam:TagPolicy", Arn));
  });
});
