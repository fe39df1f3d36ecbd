import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteServiceLinkedRoleCommand, GetServiceLinkedRoleDeletionStatusCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("DeleteServiceLinkedRole", async () => {
  const h = await harness();
  const remove = (RoleName: string) => h.iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));

  test("deletes the role, and names a task that tells", async () => {
    const RoleName = await createServiceLinkedRole(h);
    const { DeletionTaskId } = await remove(RoleName);
    assert.match(
      DeletionTaskId ?? "",
      /^task\/aws-service-role\/batch\.amazonaws\.com\/AWSServiceRoleForBatch\/[0-9a-f-]{36}$/,
    );
    assert.deepEqual(await refused(remove(RoleName)), noSuchRole(RoleName));
    const { Status } = await h.iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
    assert.equal(Status, "SUCCEEDED");
    await createServiceLinkedRole(h);
  });

  test("refuses a role that is not a service's", async () => {
    await createRole(h, "mine");
    assert.deepEqual(await refused(remove("mine")), {
      code: "NoSuchEntity",
      message: "mine exists but is not a service role.",
      status: 404,
    });
  });
});
