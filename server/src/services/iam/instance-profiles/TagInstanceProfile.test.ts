import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateInstanceProfileCommand,
  ListInstanceProfileTagsCommand,
  TagInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchInstanceProfile } from "../../../../test/refusals.ts";

suite("TagInstanceProfile", async () => {
  const h = await harness({ quotas: { TagsPerInstanceProfile: 2 } });
  await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "entity" }));
  const tag = (InstanceProfileName: string, ...Tags: { Key: string; Value: string }[]) =>
    h.iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags }));
  const tags = async () =>
    (await h.iam.send(new ListInstanceProfileTagsCommand({ InstanceProfileName: "entity" }))).Tags;

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
    const a = { Key: "Team", Value: "" };
    const invalid = (message: string) => ({ code: "InvalidInput", message, status: 400 });
    assert.deepEqual(await refused(tag("entity", { Key: "Team", Value: "" }, a)), invalid("Duplicate tag keys found."));
    assert.deepEqual(
      await refused(tag("entity", { Key: "aws:x", Value: "" })),
      invalid("Tag keys beginning with aws: are reserved for system use."),
    );
    assert.deepEqual(await refused(tag("entity", { Key: "third", Value: "" })), {
      code: "LimitExceeded",
      message: "The number of tags has reached the maximum limit.",
      status: 409,
    });
    assert.deepEqual(await refused(tag("nobody", a)), noSuchInstanceProfile("nobody"));
  });
});
