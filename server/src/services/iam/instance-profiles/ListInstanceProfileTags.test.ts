import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateInstanceProfileCommand,
  ListInstanceProfileTagsCommand,
  type ListInstanceProfileTagsCommandInput,
  TagInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchInstanceProfile } from "../../../../test/refusals.ts";

suite("ListInstanceProfileTags", async () => {
  const h = await harness();
  await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "entity" }));
  const InstanceProfileName = "entity";
  const list = (input: Partial<ListInstanceProfileTagsCommandInput> = {}) =>
    h.iam.send(new ListInstanceProfileTagsCommand({ InstanceProfileName, ...input }));

  test("lists a page at a time", async () => {
    const Tags = ["c", "a", "b"].map((Key) => ({ Key, Value: "" }));
    await h.iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags }));
    const first = await list({ MaxItems: 2 });
    assert.deepEqual([first.Tags?.map((tag) => tag.Key), first.IsTruncated], [["a", "b"], true]);
    const second = await list({ Marker: first.Marker });
    assert.deepEqual([second.Tags?.map((tag) => tag.Key), second.IsTruncated], [["c"], false]);
  });

  test("refuses what is not there", async () => {
    assert.deepEqual(await refused(list({ InstanceProfileName: "nobody" })), noSuchInstanceProfile("nobody"));
  });
});
