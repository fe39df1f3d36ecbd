import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteServiceLinkedRoleCommand, GetServiceLinkedRoleDeletionStatusCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { createServiceLinkedRole } from "../../../../test/roles.ts";

suite("GetServiceLinkedRoleDeletionStatus", async () => {
  const h = await harness();
  const status = (DeletionTaskId: string, iam = h.iam) =>
    iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));

  test("tells of a task that was, and of no other", async () => {
    const RoleName = await createServiceLinkedRole(h);
    const { DeletionTaskId = "" } = await h.iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
    assert.equal((await status(DeletionTaskId)).Status, "SUCCEEDED");
    const other = DeletionTaskId.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
    assert.deepEqual(await refused(status(other)), {
      code: "NoSuchEntity",
      message: "Cannot find deletion status for given id.",
      status: 404,
    });
  });

  test("refuses what is no task's id", async () => {
    for (const id of ["not-a-task", "task/service-role/x/y/z", "task/aws-service-role/ecs.amazonaws.com/1"]) {
      assert.deepEqual(await refused(status(id)), { code: "InvalidInput", message: "Invalid task id", status: 400 });
    }
  });

  test("refuses a caller who may not", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:GetRole"));
    const arn = `arn:aws:iam::${testAccount}:role/aws-service-role/ecs.amazonaws.com/Name`;
    assert.deepEqual(
      await refused(status("task/aws-service-role/ecs.amazonaws.com/Name/1", eve.iam)),
      accessDenied("eve", "iam:GetServiceLinkedRoleDeletionStatus", arn),
    );
  });
});
