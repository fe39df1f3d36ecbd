import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteRolePolicyCommand, ListRolePoliciesCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("DeleteRolePolicy", async () => {
  const h = await harness();
  const RoleName = "worker";
  await createRole(h, RoleName);
  const ask = (PolicyName: string, name = RoleName) =>
    h.iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName }));
  const put = (PolicyName: string) =>
    h.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document() }));
  const absent = (name: string) => ({
    code: "NoSuchEntity",
    message: `The role policy with name ${name} cannot be found.`,
    status: 404,
  });

  test("deletes one, once", async () => {
    await put("mine");
    await put("other");
    await ask("MINE", "Worker");
    assert.deepEqual(await refused(ask("mine")), absent("mine"));
    const { PolicyNames } = await h.iam.send(new ListRolePoliciesCommand({ RoleName }));
    assert.deepEqual(PolicyNames, ["other"]);
  });

  test("refuses a policy and a role that are not there", async () => {
    assert.deepEqual(await refused(ask("non-existent-policy")), absent("non-existent-policy"));
    assert.deepEqual(await refused(ask("mine", "nobody")), noSuchRole("nobody"));
  });
});
