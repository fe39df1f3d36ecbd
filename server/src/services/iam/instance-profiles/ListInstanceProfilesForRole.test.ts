import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  ListInstanceProfilesForRoleCommand,
  type ListInstanceProfilesForRoleCommandInput,
  type ListInstanceProfilesForRoleCommandOutput,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("ListInstanceProfilesForRole", async () => {
  const h = await harness();
  const list = (RoleName: string, more: Partial<ListInstanceProfilesForRoleCommandInput> = {}) =>
    h.iam.send(new ListInstanceProfilesForRoleCommand({ RoleName, ...more }));
  const names = (page: ListInstanceProfilesForRoleCommandOutput) =>
    page.InstanceProfiles?.map((each) => each.InstanceProfileName);

  test("lists those that hold the role, a page at a time", async () => {
    await createRole(h, "worker");
    for (const InstanceProfileName of ["b", "a", "other"]) {
      await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
      if (InstanceProfileName === "other") continue;
      await h.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: "worker" }));
    }
    assert.deepEqual(names(await list("WORKER")), ["a", "b"]);
    const first = await list("worker", { MaxItems: 1 });
    assert.deepEqual([names(first), first.IsTruncated], [["a"], true]);
    assert.deepEqual(names(await list("worker", { Marker: first.Marker })), ["b"]);
  });

  test("refuses a role that is not there", async () => {
    assert.deepEqual(await refused(list("nobody")), noSuchRole("nobody"));
  });
});
