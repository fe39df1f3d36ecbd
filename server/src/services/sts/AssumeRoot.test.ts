import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AssumeRootCommand } from "@aws-sdk/client-sts";
import { allow, type Clients, harness, refused, testAccount, userWithKey } from "../../../test/harness.ts";
import { accessDenied } from "../../../test/refusals.ts";

const member = "210987654321";
const memberRoot = `arn:aws:iam::${member}:root`;
const audit = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";

suite("AssumeRoot", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", allow("sts:AssumeRoot", memberRoot));
  const ask = (sts: Clients["sts"], TargetPrincipal = member, arn = audit) =>
    sts.send(new AssumeRootCommand({ TargetPrincipal, TaskPolicyArn: { arn } }));
  const denied = (who: string) => ({
    code: "AccessDenied",
    message: `User: arn:aws:iam::${testAccount}:${who} is not authorized to perform: sts:AssumeRoot on resource: ${memberRoot}`,
    status: 403,
  });

  test("nobody's account has members here, whoever asks", async () => {
    assert.deepEqual(await refused(ask(ann.sts)), denied("user/ann"));
    assert.deepEqual(await refused(ask(ann.sts, memberRoot)), denied("user/ann"));
    assert.deepEqual(await refused(ask(h.sts)), denied("root"));
  });

  test("policies are asked first", async () => {
    const own = `arn:aws:iam::${testAccount}:root`;
    assert.deepEqual(await refused(ask(ann.sts, testAccount)), accessDenied("ann", "sts:AssumeRoot", own));
    const condition = { ArnEquals: { "sts:TaskPolicyArn": audit } };
    const auditor = await userWithKey(h, "auditor", allow("sts:AssumeRoot", "*", condition));
    assert.deepEqual(await refused(ask(auditor.sts)), denied("user/auditor"));
    const other = audit.replace("IAMAuditRootUserCredentials", "S3UnlockBucketPolicy");
    assert.deepEqual(
      await refused(ask(auditor.sts, member, other)),
      accessDenied("auditor", "sts:AssumeRoot", memberRoot),
    );
  });

  test("refuses what is no account, and tasks that are none", async () => {
    for (const [target, task, message] of [
      ["12345678901x", audit, "12345678901x is invalid"],
      [memberRoot.replace("root", "user/ann"), audit, `arn:aws:iam::${member}:user/ann is invalid`],
      [member, "arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess is invalid"],
    ] as const) {
      assert.deepEqual(await refused(ask(ann.sts, target, task)), { code: "ValidationError", message, status: 400 });
    }
  });
});
