import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchInstanceProfile, noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("RemoveRoleFromInstanceProfile", async () => {
  const h = await harness();
  const InstanceProfileName = "web";
  const remove = (RoleName: string, name = InstanceProfileName) =>
    h.iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: name, RoleName }));

  test("removes the role that is in it, once", async () => {
    await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await createRole(h, "worker");
    await h.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: "worker" }));
    await remove("WORKER", "Web");
    assert.deepEqual(await refused(remove("worker")), {
      code: "NoSuchEntity",
      message: "Role worker in Instance Profile web cannot be found.",
      status: 404,
    });
  });

  test("refuses a role and a profile that are not there, and a role that is a service's", async () => {
    assert.deepEqual(await refused(remove("nonexistent-role")), noSuchRole("nonexistent-role"));
    assert.deepEqual(await refused(remove("worker", "absent")), noSuchInstanceProfile("absent"));
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(remove(linked)), protectedRole(linked));
  });
});
