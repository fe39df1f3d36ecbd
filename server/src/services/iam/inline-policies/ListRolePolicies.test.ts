import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListRolePoliciesCommand, type ListRolePoliciesCommandInput, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("ListRolePolicies", async () => {
  const h = await harness();
  const RoleName = "worker";
  await createRole(h, RoleName);
  const list = (input: Partial<ListRolePoliciesCommandInput> = {}) =>
    h.iam.send(new ListRolePoliciesCommand({ RoleName, ...input }));

  test("lists names a page at a time", async () => {
    for (const PolicyName of ["b", "a", "c"]) {
      await h.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document() }));
    }
    const first = await list({ MaxItems: 2 });
    assert.deepEqual([first.PolicyNames, first.IsTruncated], [["a", "b"], true]);
    const second = await list({ Marker: first.Marker });
    assert.deepEqual([second.PolicyNames, second.IsTruncated], [["c"], false]);
  });

  test("refuses a role that is not there", async () => {
    assert.deepEqual(await refused(list({ RoleName: "nobody" })), noSuchRole("nobody"));
  });
});
