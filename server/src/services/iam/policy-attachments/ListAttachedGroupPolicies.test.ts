import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  ListAttachedGroupPoliciesCommand,
  type ListAttachedGroupPoliciesCommandInput,
  paginateListAttachedGroupPolicies,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, invalidMarker, noSuchGroup } from "../../../../test/refusals.ts";

suite("ListAttachedGroupPolicies", async () => {
  const h = await harness();
  for (const GroupName of ["staff", "others"]) await h.iam.send(new CreateGroupCommand({ GroupName }));
  const list = async (more: Partial<ListAttachedGroupPoliciesCommandInput> = {}, iam = h.iam) => {
    const { AttachedPolicies, IsTruncated, Marker } = await iam.send(
      new ListAttachedGroupPoliciesCommand({ GroupName: "staff", ...more }),
    );
    return { AttachedPolicies, IsTruncated, Marker };
  };

  test("a group without policies has an empty list", async () => {
    assert.deepEqual(await list(), { AttachedPolicies: [], IsTruncated: false, Marker: undefined });
  });

  test("lists its own in the order of attachment, page by page", async () => {
    for (const [name, Path] of [
      ["b", "/"],
      ["a", "/team/"],
    ] as const) {
      const { Arn } = await createPolicy(h, name, { Path });
      await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: Arn }));
    }
    const both = [
      { PolicyName: "b", PolicyArn: ownArn("b") },
      { PolicyName: "a", PolicyArn: ownArn("team/a") },
    ];
    assert.deepEqual((await list()).AttachedPolicies, both);
    const pages = [];
    for await (const page of paginateListAttachedGroupPolicies(
      { client: h.iam, pageSize: 1 },
      { GroupName: "staff" },
    )) {
      pages.push(page.AttachedPolicies);
    }
    assert.deepEqual(
      pages,
      both.map((policy) => [policy]),
    );
    assert.deepEqual((await list({ PathPrefix: "/team/" })).AttachedPolicies, both.slice(1));
    assert.deepEqual((await list({ GroupName: "others" })).AttachedPolicies, []);
  });

  test("refuses a group that is not there, a marker not its own, and a caller who may not", async () => {
    assert.deepEqual(await refused(list({ GroupName: "nobody" })), noSuchGroup("nobody"));
    assert.deepEqual(await refused(list({ Marker: "invalid" })), invalidMarker);
    const eve = await userWithKey(h, "eve", allow("iam:ListAttachedUserPolicies"));
    assert.deepEqual(
      await refused(list({}, eve.iam)),
      accessDenied("eve", "iam:ListAttachedGroupPolicies", `arn:aws:iam::${testAccount}:group/staff`),
    );
  });
});
