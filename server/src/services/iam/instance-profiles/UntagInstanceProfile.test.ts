import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateInstanceProfileCommand,
  ListInstanceProfileTagsCommand,
  TagInstanceProfileCommand,
  UntagInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchInstanceProfile } from "../../../../test/refusals.ts";

suite("UntagInstanceProfile", async () => {
  const h = await harness();
  await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "entity" }));
  const InstanceProfileName = "entity";
  const untag = (name: string, ...TagKeys: string[]) =>
    h.iam.send(new UntagInstanceProfileCommand({ InstanceProfileName: name, TagKeys }));

  test("takes tags away, and minds none that is not there", async () => {
    const Tags = ["a", "b", "c"].map((Key) => ({ Key, Value: Key }));
    await h.iam.send(new TagInstanceProfileCommand({ InstanceProfileName, Tags }));
    await untag("Entity", "a", "c", "absent");
    const left = await h.iam.send(new ListInstanceProfileTagsCommand({ InstanceProfileName }));
    assert.deepEqual(left.Tags, [{ Key: "b", Value: "b" }]);
  });

  test("refuses what is not there", async () => {
    assert.deepEqual(await refused(untag("nobody", "a")), noSuchInstanceProfile("nobody"));
  });
});
