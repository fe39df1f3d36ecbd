import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateGroupCommand,
  ListGroupPoliciesCommand,
  type ListGroupPoliciesCommandInput,
  PutGroupPolicyCommand,
  paginateListGroupPolicies,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { accessDenied, invalidMarker, noSuchGroup } from "../../../../test/refusals.ts";

suite("ListGroupPolicies", async () => {
  const h = await harness();
  for (const GroupName of ["staff", "others"]) await h.iam.send(new CreateGroupCommand({ GroupName }));
  const list = async (more: Partial<ListGroupPoliciesCommandInput> = {}, iam = h.iam) => {
    const { PolicyNames, IsTruncated, Marker } = await iam.send(
      new ListGroupPoliciesCommand({ GroupName: "staff", ...more }),
    );
    return { PolicyNames, IsTruncated, Marker };
  };

  test("a group without policies has an empty list", async () => {
    assert.deepEqual(await list(), { PolicyNames: [], IsTruncated: false, Marker: undefined });
  });

  test("lists its own names in order, page by page", async () => {
    for (const [GroupName, PolicyName] of [
      ["staff", "b"],
      ["staff", "a"],
      ["others", "c"],
    ] as const) {
      await h.iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument: document() }));
    }
    assert.deepEqual((await list()).PolicyNames, ["a", "b"]);
    const pages = [];
    for await (const page of paginateListGroupPolicies({ client: h.iam, pageSize: 1 }, { GroupName: "staff" })) {
      pages.push([page.IsTruncated, page.PolicyNames]);
    }
    assert.deepEqual(pages, [
      [true, ["a"]],
      [false, ["b"]],
    ]);
  });

  test("refuses a group that is not there, a marker not its own, and a caller who may not", async () => {
    assert.deepEqual(await refused(list({ GroupName: "nobody" })), noSuchGroup("nobody"));
    assert.deepEqual(await refused(list({ Marker: "invalid" })), invalidMarker);
    const eve = await userWithKey(h, "eve", allow("iam:ListUserPolicies"));
    assert.deepEqual(
      await refused(list({}, eve.iam)),
      accessDenied("eve", "iam:ListGroupPolicies", `arn:aws:iam::${testAccount}:group/staff`),
    );
  });
});
