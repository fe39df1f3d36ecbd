import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListRoleTagsCommand, type ListRoleTagsCommandInput, TagRoleCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("ListRoleTags", async () => {
  const h = await harness();
  await createRole(h, "entity");
  const RoleName = "entity";
  const list = (input: Partial<ListRoleTagsCommandInput> = {}) =>
    h.iam.send(new ListRoleTagsCommand({ RoleName, ...input }));

  test("lists a page at a time", async () => {
    const Tags = ["c", "a", "b"].map((Key) => ({ Key, Value: "" }));
    await h.iam.send(new TagRoleCommand({ RoleName, Tags }));
    const first = await list({ MaxItems: 2 });
    assert.deepEqual([first.Tags?.map((tag) => tag.Key), first.IsTruncated], [["a", "b"], true]);
    const second = await list({ Marker: first.Marker });
    assert.deepEqual([second.Tags?.map((tag) => tag.Key), second.IsTruncated], [["c"], false]);
  });

  test("refuses what is not there", async () => {
    assert.deepEqual(await refused(list({ RoleName: "nobody" })), noSuchRole("nobody"));
  });
});
