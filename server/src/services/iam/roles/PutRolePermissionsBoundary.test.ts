import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetPolicyCommand, GetRoleCommand, PutRolePermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("PutRolePermissionsBoundary", async () => {
  const h = await harness();
  await createRole(h, "Bounded");
  const { Arn } = await createPolicy(h, "boundary");
  const put = (RoleName: string, PermissionsBoundary: string, iam = h.iam) =>
    iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
  const uses = async (PolicyArn: string) =>
    (await h.iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.PermissionsBoundaryUsageCount;

  test("sets a boundary, and another one in its place", async () => {
    const other = await createPolicy(h, "other");
    await put("bounded", other.Arn);
    await put("BOUNDED", Arn);
    const { Role } = await h.iam.send(new GetRoleCommand({ RoleName: "Bounded" }));
    assert.deepEqual(Role?.PermissionsBoundary, {
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: Arn,
    });
    assert.deepEqual([await uses(Arn), await uses(other.Arn)], [1, 0]);
  });

  test("refuses what is no policy's ARN, a policy and an owner that are not there", async () => {
    const invalid = "arn:aws:iam::123456789012:not_a_policy/invalid";
    assert.deepEqual(await refused(put("Bounded", invalid)), {
      code: "InvalidInput",
      message: `ARN ${invalid} is not valid.`,
      status: 400,
    });
    assert.deepEqual(await refused(put("Bounded", ownArn("absent"))), {
      code: "NoSuchEntity",
      message: `Scope ARN: ${ownArn("absent")} does not exist or is not attachable.`,
      status: 404,
    });
    assert.deepEqual(await refused(put("nobody", Arn)), noSuchRole("nobody"));
  });

  test("policies see the boundary that is to be", async () => {
    const arn = `arn:aws:iam::${testAccount}:role/Bounded`;
    const eve = await userWithKey(h, "eve", {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "iam:PutRolePermissionsBoundary",
          Resource: "*",
          Condition: { ArnEquals: { "iam:PermissionsBoundary": Arn } },
        },
      ],
    });
    await put("Bounded", Arn, eve.iam);
    assert.deepEqual(
      await refused(put("Bounded", ownArn("other"), eve.iam)),
      accessDenied("eve", "iam:PutRolePermissionsBoundary", arn),
    );
  });

  test("refuses a role that is a service's", async () => {
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(put(linked, Arn)), protectedRole(linked));
  });
});
