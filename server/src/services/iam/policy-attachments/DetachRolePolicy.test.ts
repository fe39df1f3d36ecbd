import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AttachRolePolicyCommand, DetachRolePolicyCommand, ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { createPolicy, ownArn } from "../../../../test/policies.ts";
import { noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("DetachRolePolicy", async () => {
  const h = await harness();
  const RoleName = "worker";
  await createRole(h, RoleName);
  const detach = (PolicyArn: string, name = RoleName) =>
    h.iam.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn }));

  test("detaches, once", async () => {
    const { Arn: PolicyArn } = await createPolicy(h, "policy");
    await h.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await detach(PolicyArn, "WORKER");
    assert.deepEqual(await refused(detach(PolicyArn)), {
      code: "NoSuchEntity",
      message: `Policy ${PolicyArn} was not found.`,
      status: 404,
    });
    const { AttachedPolicies } = await h.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    assert.deepEqual(AttachedPolicies, []);
  });

  test("refuses a role that is not there, and one that is a service's", async () => {
    assert.deepEqual(await refused(detach(ownArn("policy"), "nobody")), noSuchRole("nobody"));
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(detach(ownArn("policy"), linked)), protectedRole(linked));
  });
});
