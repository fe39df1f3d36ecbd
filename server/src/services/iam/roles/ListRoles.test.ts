import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListRolesCommand, type ListRolesCommandInput } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { invalidMarker } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("ListRoles", async () => {
  const h = await harness();
  for (const [name, Path] of [
    ["beta", "/team/"],
    ["Alpha", "/"],
    ["gamma", "/team/inner/"],
  ] as const) {
    await createRole(h, name, { Path, Description: name, Tags: [{ Key: "a", Value: "b" }] });
  }
  const list = (input: ListRolesCommandInput = {}) => h.iam.send(new ListRolesCommand(input));

  test("lists by name whatever its case, without tags, boundary and last use", async () => {
    const { Roles, IsTruncated } = await list();
    assert.deepEqual(
      Roles?.map((role) => role.RoleName),
      ["Alpha", "beta", "gamma"],
    );
    assert.equal(IsTruncated, false);
    assert.deepEqual(Object.keys(Roles?.[0] ?? {}).sort(), [
      "Arn",
      "AssumeRolePolicyDocument",
      "CreateDate",
      "Description",
      "MaxSessionDuration",
      "Path",
      "RoleId",
      "RoleName",
    ]);
  });

  test("below a path, a page at a time", async () => {
    const first = await list({ PathPrefix: "/team/", MaxItems: 1 });
    assert.deepEqual([first.Roles?.[0]?.RoleName, first.IsTruncated], ["beta", true]);
    const second = await list({ PathPrefix: "/team/", MaxItems: 1, Marker: first.Marker });
    assert.deepEqual([second.Roles?.[0]?.RoleName, second.IsTruncated], ["gamma", false]);
  });

  test("refuses a marker of another's making", async () => {
    assert.deepEqual(await refused(list({ Marker: "!" })), invalidMarker);
  });
});
