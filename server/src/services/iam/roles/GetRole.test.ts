import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, noSuchRole } from "../../../../test/refusals.ts";
import { assume, createRole } from "../../../../test/roles.ts";

suite("GetRole", async () => {
  const h = await harness();
  const get = (RoleName: string, iam = h.iam) => iam.send(new GetRoleCommand({ RoleName }));

  test("tells when and where a session of the role was last used", async () => {
    const { Arn = "" } = await createRole(h, "worker");
    const ann = await userWithKey(h, "ann", allow("sts:AssumeRole"));
    const session = await assume(h, ann.sts, { arn: Arn });
    await session.sts.send(new GetCallerIdentityCommand({}));
    const { Role } = await get("worker");
    assert.deepEqual(Role?.RoleLastUsed, { LastUsedDate: new Date(startOfTest), Region: "us-east-1" });
  });

  test("refuses a role that is not there, and a caller who may not", async () => {
    assert.deepEqual(await refused(get("nobody")), noSuchRole("nobody"));
    const eve = await userWithKey(h, "eve", allow("iam:GetUser"));
    assert.deepEqual(
      await refused(get("worker", eve.iam)),
      accessDenied("eve", "iam:GetRole", `arn:aws:iam::${testAccount}:role/worker`),
    );
  });
});
