import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("GetRolePolicy", async () => {
  const h = await harness();
  const RoleName = "worker";
  await createRole(h, RoleName);
  const ask = (PolicyName: string, name = RoleName) =>
    h.iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName }));
  const put = (PolicyName: string) =>
    h.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document() }));
  const absent = (name: string) => ({
    code: "NoSuchEntity",
    message: `The role policy with name ${name} cannot be found.`,
    status: 404,
  });

  test("gives the document, percent-encoded", async () => {
    await put("mine");
    const { $metadata: _, ...policy } = await ask("mine", "WORKER");
    assert.deepEqual(
      { ...policy, PolicyDocument: decodeURIComponent(policy.PolicyDocument ?? "") },
      { RoleName, PolicyName: "mine", PolicyDocument: document() },
    );
  });

  test("refuses a policy and a role that are not there", async () => {
    assert.deepEqual(await refused(ask("non-existent-policy")), absent("non-existent-policy"));
    assert.deepEqual(await refused(ask("mine", "nobody")), noSuchRole("nobody"));
  });
});
