import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, documentOfSize } from "../../../../test/policies.ts";
import { accessDenied, noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { assume, createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("PutRolePolicy", async () => {
  const h = await harness();
  await createRole(h, "Worker", { Path: "/team/" });
  const put = (PolicyName: string, PolicyDocument = document(), RoleName = "Worker") =>
    h.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));

  test("adds a policy, and takes the place of the one with its name in any case", async () => {
    await put("MixedName", document("s3:GetObject"));
    await put("mixedname", document("s3:PutObject"), "WORKER");
    const { PolicyNames } = await h.iam.send(new ListRolePoliciesCommand({ RoleName: "worker" }));
    assert.deepEqual(PolicyNames, ["MixedName"]);
    const { PolicyDocument } = await h.iam.send(
      new GetRolePolicyCommand({ RoleName: "Worker", PolicyName: "MixedName" }),
    );
    assert.equal(decodeURIComponent(PolicyDocument ?? ""), document("s3:PutObject"));
  });

  test("sessions of the role have it at once", async () => {
    const ann = await userWithKey(h, "ann", allow("sts:AssumeRole"));
    const session = await assume(h, ann.sts, { arn: `arn:aws:iam::${testAccount}:role/team/Worker` });
    const listRoles = () => session.iam.send(new ListRolesCommand({}));
    assert.equal((await refused(listRoles())).code, "AccessDenied");
    await put("may", document("iam:ListRoles"));
    assert.equal((await listRoles()).Roles?.length, 1);
  });

  test("all of a role's documents have 10240 characters at most together", async () => {
    await createRole(h, "full");
    const full = {
      code: "LimitExceeded",
      message: "Maximum policy size of 10240 bytes exceeded for role full",
      status: 409,
    };
    await put("a", documentOfSize(10_000), "full");
    assert.deepEqual(await refused(put("b", documentOfSize(241), "full")), full);
    await put("b", documentOfSize(240), "full");
  });

  test("policies see the boundary of the role that is to change", async () => {
    const { Arn } = await createPolicy(h, "boundary");
    await createRole(h, "bounded", { PermissionsBoundary: Arn });
    const condition = { ArnEquals: { "iam:PermissionsBoundary": Arn } };
    const eve = await userWithKey(h, "eve", allow(["iam:PutRolePolicy", "iam:DeleteRolePolicy"], "*", condition));
    const of = (RoleName: string) => ({ RoleName, PolicyName: "inline" });
    const change = (RoleName: string) =>
      eve.iam.send(new PutRolePolicyCommand({ ...of(RoleName), PolicyDocument: document() }));
    await change("bounded");
    await eve.iam.send(new DeleteRolePolicyCommand(of("bounded")));
    const arn = `arn:aws:iam::${testAccount}:role/team/Worker`;
    assert.deepEqual(await refused(change("Worker")), accessDenied("eve", "iam:PutRolePolicy", arn));
    const remove = eve.iam.send(new DeleteRolePolicyCommand(of("Worker")));
    assert.deepEqual(await refused(remove), accessDenied("eve", "iam:DeleteRolePolicy", arn));
  });

  test("refuses malformed documents, a role that is not there, and one that is a service's", async () => {
    assert.deepEqual(await refused(put("malformed", "{}")), {
      code: "MalformedPolicyDocument",
      message: "Syntax errors in policy.",
      status: 400,
    });
    assert.deepEqual(await refused(put("any", document(), "nobody")), noSuchRole("nobody"));
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(put("any", document(), linked)), protectedRole(linked));
  });
});
