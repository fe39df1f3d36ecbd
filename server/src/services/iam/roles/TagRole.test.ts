import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListRoleTagsCommand, TagRoleCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("TagRole", async () => {
  const h = await harness({ quotas: { TagsPerRole: 2 } });
  await createRole(h, "entity");
  const tag = (RoleName: string, ...Tags: { Key: string; Value: string }[]) =>
    h.iam.send(new TagRoleCommand({ RoleName, Tags }));
  const tags = async () => (await h.iam.send(new ListRoleTagsCommand({ RoleName: "entity" }))).Tags;

  test("adds, and overwrites what is there", async () => {
    await tag("ENTITY", { Key: "Team", Value: "one" }, { Key: "cost", Value: "" });
    await tag("entity", { Key: "Team", Value: "two" });
    assert.deepEqual(
      new Map((await tags())?.map(({ Key, Value }) => [Key, Value])),
      new Map([
        ["Team", "two"],
        ["cost", ""],
      ]),
    );
  });

  test("refuses a key given twice, one that is AWS's, one tag more than the quota, and what is not there", async () => {
    const a = { Key: "TEAM", Value: "" };
    const invalid = (message: string) => ({ code: "InvalidInput", message, status: 400 });
    assert.deepEqual(
      await refused(tag("entity", { Key: "Team", Value: "" }, a)),
      invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    );
    assert.deepEqual(
      await refused(tag("entity", { Key: "aws:x", Value: "" })),
      invalid("Tag keys beginning with aws: are reserved for system use."),
    );
    assert.deepEqual(await refused(tag("entity", { Key: "third", Value: "" })), {
      code: "LimitExceeded",
      message: "The number of tags has reached the maximum limit.",
      status: 409,
    });
    assert.deepEqual(await refused(tag("entity")), invalid("Error occurred while validating input. "));
    assert.deepEqual(await refused(tag("nobody", a)), noSuchRole("nobody"));
  });

  test("a service's role may have tags of the account's", async () => {
    const linked = await createServiceLinkedRole(h);
    await tag(linked, { Key: "mine", Value: "" });
    const { Tags } = await h.iam.send(new ListRoleTagsCommand({ RoleName: linked }));
    assert.deepEqual(Tags, [{ Key: "mine", Value: "" }]);
  });
});
