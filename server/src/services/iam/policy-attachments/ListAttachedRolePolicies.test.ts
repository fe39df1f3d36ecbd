import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  type ListAttachedRolePoliciesCommandInput,
  type ListAttachedRolePoliciesCommandOutput,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { createPolicy } from "../../../../test/policies.ts";
import { noSuchRole } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("ListAttachedRolePolicies", async () => {
  const h = await harness();
  const RoleName = "worker";
  await createRole(h, RoleName);
  const list = (input: Partial<ListAttachedRolePoliciesCommandInput> = {}) =>
    h.iam.send(new ListAttachedRolePoliciesCommand({ RoleName, ...input }));

  test("lists in the order of attachment, below a path, a page at a time", async () => {
    for (const [name, Path] of [
      ["b", "/team/"],
      ["a", "/"],
      ["c", "/team/"],
    ] as const) {
      const { Arn: PolicyArn } = await createPolicy(h, name, { Path });
      await h.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    const names = (page: ListAttachedRolePoliciesCommandOutput) =>
      page.AttachedPolicies?.map((each) => each.PolicyName);
    assert.deepEqual(names(await list()), ["b", "a", "c"]);
    const first = await list({ PathPrefix: "/team/", MaxItems: 1 });
    assert.deepEqual([names(first), first.IsTruncated], [["b"], true]);
    assert.deepEqual(names(await list({ PathPrefix: "/team/", Marker: first.Marker })), ["c"]);
  });

  test("refuses a role that is not there", async () => {
    assert.deepEqual(await refused(list({ RoleName: "nobody" })), noSuchRole("nobody"));
  });
});
