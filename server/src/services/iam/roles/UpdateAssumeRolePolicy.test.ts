import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { accountTrust, assume, createRole, createServiceLinkedRole, trustOf } from "../../../../test/roles.ts";

suite("UpdateAssumeRolePolicy", async () => {
  const h = await harness();
  const update = (RoleName: string, document: object | string) =>
    h.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName,
        PolicyDocument: typeof document === "string" ? document : JSON.stringify(document),
      }),
    );

  test("whom the policy trusts may assume the role, from then on", async () => {
    const { Arn = "" } = await createRole(h, "role", {
      AssumeRolePolicyDocument: JSON.stringify(trustOf({ Service: "ec2.amazonaws.com" })),
    });
    const ann = await userWithKey(h, "ann", allow("sts:AssumeRole"));
    assert.deepEqual(await refused(assume(h, ann.sts, { arn: Arn })), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: sts:AssumeRole on resource: ${Arn}`,
      status: 403,
    });
    await update("role", accountTrust);
    const session = await assume(h, ann.sts, { arn: Arn });
    const identity = await session.sts.send(new GetCallerIdentityCommand({}));
    assert.equal(identity.Arn, `arn:aws:sts::${testAccount}:assumed-role/role/session`);
  });

  test("refuses documents that trust nobody, a role that is not there, and one that is a service's", async () => {
    assert.deepEqual(await refused(update("role", { ...accountTrust, Statement: { Effect: "Allow" } })), {
      code: "MalformedPolicyDocument",
      message: "Missing required field Principal",
      status: 400,
    });
    assert.deepEqual(await refused(update("nobody", accountTrust)), noSuchRole("nobody"));
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(update(linked, accountTrust)), protectedRole(linked));
  });
});
