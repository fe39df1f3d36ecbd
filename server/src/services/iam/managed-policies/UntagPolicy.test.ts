import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListPolicyTagsCommand, UntagPolicyCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("UntagPolicy", async () => {
  const h = await harness();
  const { Arn } = await createPolicy(h, "tagged", {
    Tags: ["a", "A", "somekey", "someotherkey"].map((Key) => ({ Key, Value: "" })),
  });
  const untag = (TagKeys: string[], PolicyArn = Arn, iam = h.iam) =>
    iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys }));
  const keys = async () =>
    (await h.iam.send(new ListPolicyTagsCommand({ PolicyArn: Arn }))).Tags?.map((tag) => tag.Key);

  test("removes what is named in that case, and minds nothing that is not there", async () => {
    await untag(["a", "nothing", "SOMEKEY"]);
    assert.deepEqual(await keys(), ["A", "somekey", "someotherkey"]);
    await untag(["somekey", "somekey"]);
    await untag([]);
    assert.deepEqual(await keys(), ["A", "someotherkey"]);
    await untag(["A", "someotherkey"]);
    assert.deepEqual(await keys(), []);
  });

  test("refuses keys outside the limits", async () => {
    assert.deepEqual(
      await refused(untag(Array.from({ length: 51 }, (_, number) => `${number}`))),
      constraints(["tagKeys", "Member must have length less than or equal to 50"]),
    );
    for (const key of ["0".repeat(129), "NOWAY!"]) {
      assert.deepEqual(
        await refused(untag([key])),
        constraints([
          "tagKeys",
          "Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]",
        ]),
      );
    }
  });

  test("refuses a policy that is not there, and AWS's own", async () => {
    assert.deepEqual(await refused(untag(["some"], ownArn("NotAPolicy"))), {
      code: "NoSuchEntity",
      message: `Policy ${ownArn("NotAPolicy")} was not found.`,
      status: 404,
    });
    assert.deepEqual(await refused(untag(["some"], await insertAwsPolicy(h, "AdministratorAccess"))), {
      code: "InvalidInput",
      message: "Tags not supported for policies in this domain",
      status: 400,
    });
  });

  test("refuses a caller who may not", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:UntagPolicy", ownArn("team/*")));
    assert.deepEqual(await refused(untag(["some"], Arn, eve.iam)), accessDenied("eve", "iam:UntagPolicy", Arn));
  });
});
