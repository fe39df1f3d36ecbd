import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetRoleCommand, UpdateRoleDescriptionCommand } from "@aws-sdk/client-iam";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("UpdateRoleDescription", async () => {
  const h = await harness();
  const update = (RoleName: string, Description: string) =>
    h.iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description }));

  test("answers the role with its new description, without tags and duration", async () => {
    const made = await createRole(h, "role", { Description: "before", Tags: [{ Key: "a", Value: "b" }] });
    const { Role } = await update("ROLE", "after");
    assert.deepEqual(Role, {
      Path: "/",
      RoleName: "role",
      RoleId: made.RoleId,
      Arn: made.Arn,
      CreateDate: new Date(startOfTest),
      AssumeRolePolicyDocument: made.AssumeRolePolicyDocument,
      Description: "after",
    });
    const found = await h.iam.send(new GetRoleCommand({ RoleName: "role" }));
    assert.equal(found.Role?.Description, "after");
  });

  test("may describe a service's role, too", async () => {
    const linked = await createServiceLinkedRole(h);
    assert.equal((await update(linked, "mine")).Role?.Description, "mine");
  });

  test("refuses a role that is not there", async () => {
    assert.deepEqual(await refused(update("nobody", "")), noSuchRole("nobody"));
  });
});
