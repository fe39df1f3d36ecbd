import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DeleteRolePermissionsBoundaryCommand,
  GetPolicyCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { createPolicy } from "../../../../test/policies.ts";
import { noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("DeleteRolePermissionsBoundary", async () => {
  const h = await harness();
  await createRole(h, "Bounded");
  const { Arn } = await createPolicy(h, "boundary");
  const remove = (RoleName: string) => h.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));

  test("the boundary is gone, and there is none to delete again", async () => {
    await h.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: "Bounded", PermissionsBoundary: Arn }));
    await remove("bounded");
    assert.deepEqual(await refused(remove("bounded")), {
      code: "NoSuchEntity",
      message: "The permissions boundary of the role with name Bounded cannot be found.",
      status: 404,
    });
    const { Role } = await h.iam.send(new GetRoleCommand({ RoleName: "Bounded" }));
    assert.equal(Role?.PermissionsBoundary, undefined);
    const { Policy } = await h.iam.send(new GetPolicyCommand({ PolicyArn: Arn }));
    assert.equal(Policy?.PermissionsBoundaryUsageCount, 0);
  });

  test("refuses an owner that is not there", async () => {
    assert.deepEqual(await refused(remove("nobody")), noSuchRole("nobody"));
  });

  test("refuses a role that is a service's", async () => {
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(remove(linked)), protectedRole(linked));
  });
});
