import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document } from "../../../../test/policies.ts";
import { noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { assume, createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("DeleteRole", async () => {
  const h = await harness();
  const remove = (RoleName: string) => h.iam.send(new DeleteRoleCommand({ RoleName }));

  test("deletes whatever the case of the name, once, and with it every session", async () => {
    const { Arn = "" } = await createRole(h, "worker");
    const ann = await userWithKey(h, "ann", allow("sts:AssumeRole"));
    const session = await assume(h, ann.sts, { arn: Arn });
    await remove("WORKER");
    assert.deepEqual(await refused(remove("worker")), noSuchRole("worker"));
    assert.deepEqual(await refused(session.sts.send(new GetCallerIdentityCommand({}))), {
      code: "InvalidClientTokenId",
      message: "The security token included in the request is invalid",
      status: 403,
    });
    assert.deepEqual((await h.iam.send(new ListRolesCommand({}))).Roles, []);
  });

  test("refuses while anything hangs on the role, and says what", async () => {
    const RoleName = "full";
    const InstanceProfileName = "profile";
    await createRole(h, RoleName);
    const { Arn: PolicyArn } = await createPolicy(h, "policy");
    await h.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await h.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument: document() }));
    await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await h.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
    for (const [what, undo] of [
      [
        "remove roles from instance profile",
        () => h.iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })),
      ],
      ["detach all policies", () => h.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))],
      ["delete policies", () => h.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "inline" }))],
    ] as const) {
      assert.deepEqual(await refused(remove(RoleName)), {
        code: "DeleteConflict",
        message: `Cannot delete entity, must ${what} first.`,
        status: 409,
      });
      await undo();
    }
    await remove(RoleName);
  });

  test("of deleting and attaching at once one wins, and nothing is left over", async () => {
    const { Arn: PolicyArn } = await createPolicy(h, "contended");
    for (let round = 0; round < 8; round++) {
      const RoleName = `contended-${round}`;
      await createRole(h, RoleName);
      const [attached, deleted] = await Promise.allSettled([
        h.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
        remove(RoleName),
      ]);
      assert.notEqual(attached.status, deleted.status);
      if (attached.status === "fulfilled") {
        await h.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
        await remove(RoleName);
      }
    }
    const { Policy } = await h.iam.send(new GetPolicyCommand({ PolicyArn }));
    assert.equal(Policy?.AttachmentCount, 0);
  });

  test("refuses one that is a service's", async () => {
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(remove(linked)), protectedRole(linked));
  });
});
