import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  DeleteInstanceProfileCommand,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchInstanceProfile } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("DeleteInstanceProfile", async () => {
  const h = await harness();
  const InstanceProfileName = "web";
  const remove = () => h.iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName }));

  test("refuses while a role is in it, then deletes it, once", async () => {
    await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await createRole(h, "worker");
    await h.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: "worker" }));
    assert.deepEqual(await refused(remove()), {
      code: "DeleteConflict",
      message: "Cannot delete entity, must remove roles from instance profile first.",
      status: 409,
    });
    await h.iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName: "worker" }));
    await remove();
    assert.deepEqual(await refused(remove()), noSuchInstanceProfile(InstanceProfileName));
  });
});
