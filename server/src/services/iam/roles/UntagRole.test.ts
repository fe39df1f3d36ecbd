import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListRoleTagsCommand, TagRoleCommand, UntagRoleCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("UntagRole", async () => {
  const h = await harness();
  await createRole(h, "entity");
  const RoleName = "entity";
  const untag = (name: string, ...TagKeys: string[]) => h.iam.send(new UntagRoleCommand({ RoleName: name, TagKeys }));

  test("takes tags away, and minds none that is not there", async () => {
    const Tags = ["a", "b", "c"].map((Key) => ({ Key, Value: Key }));
    await h.iam.send(new TagRoleCommand({ RoleName, Tags }));
    await untag("Entity", "a", "c", "absent");
    const left = await h.iam.send(new ListRoleTagsCommand({ RoleName }));
    assert.deepEqual(left.Tags, [{ Key: "b", Value: "b" }]);
  });

  test("refuses what is not there", async () => {
    assert.deepEqual(await refused(untag("nobody", "a")), noSuchRole("nobody"));
  });
});
