import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachRolePolicyCommand,
  DeletePolicyCommand,
  DetachRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { assume, createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("AttachRolePolicy", async () => {
  const h = await harness({ quotas: { PoliciesPerRole: 2 } });
  await createRole(h, "Worker");
  const attach = (RoleName: string, PolicyArn: string) =>
    h.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  const attached = async () =>
    (await h.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "Worker" }))).AttachedPolicies;

  test("attaches policies, which sessions have at once, and minds none that is attached already", async () => {
    const { Arn } = await createPolicy(h, "listers", { PolicyDocument: document("iam:ListRoles") });
    const ann = await userWithKey(h, "ann", allow("sts:AssumeRole"));
    const session = await assume(h, ann.sts, { arn: `arn:aws:iam::${testAccount}:role/Worker` });
    const listRoles = () => session.iam.send(new ListRolesCommand({}));
    assert.equal((await refused(listRoles())).code, "AccessDenied");
    await attach("worker", Arn);
    await attach("WORKER", Arn);
    assert.deepEqual(await attached(), [{ PolicyName: "listers", PolicyArn: Arn }]);
    assert.equal((await listRoles()).Roles?.length, 1);
    const entities = await h.iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: Arn }));
    assert.deepEqual(
      entities.PolicyRoles?.map((role) => role.RoleName),
      ["Worker"],
    );
  });

  test("refuses what AWS keeps for its services' roles", async () => {
    const reserved = await insertAwsPolicy(h, "AWSSupportServiceRolePolicy", "/aws-service-role/");
    assert.deepEqual(await refused(attach("Worker", reserved)), {
      code: "PolicyNotAttachable",
      message: "Cannot attach AWS reserved policy to an IAM role.",
      status: 400,
    });
  });

  test("refuses one policy more than the quota", async () => {
    const second = await createPolicy(h, "second");
    const third = await createPolicy(h, "third");
    await attach("Worker", second.Arn);
    assert.deepEqual(await refused(attach("Worker", third.Arn)), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for PoliciesPerRole: 2",
      status: 409,
    });
    assert.equal((await attached())?.length, 2);
  });

  test("a policy that a role has cannot be deleted", async () => {
    assert.deepEqual(await refused(h.iam.send(new DeletePolicyCommand({ PolicyArn: ownArn("listers") }))), {
      code: "DeleteConflict",
      message: "Cannot delete a policy attached to entities.",
      status: 409,
    });
  });

  test("policies see the policy, and the boundary of the role that is to change", async () => {
    const { Arn } = await createPolicy(h, "boundary");
    await createRole(h, "bounded", { PermissionsBoundary: Arn });
    const condition = { ArnEquals: { "iam:PermissionsBoundary": Arn, "iam:PolicyARN": ownArn("listers") } };
    const eve = await userWithKey(h, "eve", allow(["iam:AttachRolePolicy", "iam:DetachRolePolicy"], "*", condition));
    const attachAs = (RoleName: string, PolicyArn: string) =>
      eve.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await attachAs("bounded", ownArn("listers"));
    await eve.iam.send(new DetachRolePolicyCommand({ RoleName: "bounded", PolicyArn: ownArn("listers") }));
    for (const [name, arn] of [
      ["bounded", ownArn("second")],
      ["Worker", ownArn("listers")],
    ] as const) {
      const resource = `arn:aws:iam::${testAccount}:role/${name}`;
      assert.deepEqual(await refused(attachAs(name, arn)), accessDenied("eve", "iam:AttachRolePolicy", resource));
    }
  });

  test("refuses a policy and a role that are not there, and one that is a service's", async () => {
    const arn = ownArn("nonexistent-policy");
    assert.deepEqual(await refused(attach("Worker", arn)), {
      code: "NoSuchEntity",
      message: `Policy ${arn} does not exist or is not attachable.`,
      status: 404,
    });
    assert.deepEqual(await refused(attach("nobody", arn)), noSuchRole("nobody"));
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(attach(linked, ownArn("listers"))), protectedRole(linked));
  });
});
