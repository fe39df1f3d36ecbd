import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateInstanceProfileCommand,
  ListInstanceProfilesCommand,
  type ListInstanceProfilesCommandInput,
  type ListInstanceProfilesCommandOutput,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { invalidMarker } from "../../../../test/refusals.ts";

suite("ListInstanceProfiles", async () => {
  const h = await harness();
  const list = (input: ListInstanceProfilesCommandInput = {}) => h.iam.send(new ListInstanceProfilesCommand(input));
  const names = (page: ListInstanceProfilesCommandOutput) =>
    page.InstanceProfiles?.map((each) => each.InstanceProfileName);

  test("lists by name, below a path, a page at a time", async () => {
    for (const [InstanceProfileName, Path] of [
      ["b", "/team/"],
      ["A", "/"],
      ["c", "/team/"],
    ] as const) {
      await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, Path }));
    }
    assert.deepEqual(names(await list()), ["A", "b", "c"]);
    const first = await list({ PathPrefix: "/team/", MaxItems: 1 });
    assert.deepEqual([names(first), first.IsTruncated], [["b"], true]);
    assert.deepEqual(names(await list({ PathPrefix: "/team/", Marker: first.Marker })), ["c"]);
  });

  test("refuses a marker of another's making", async () => {
    assert.deepEqual(await refused(list({ Marker: "!" })), invalidMarker);
  });
});
