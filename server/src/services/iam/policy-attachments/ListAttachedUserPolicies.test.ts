import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
  type ListAttachedUserPoliciesCommandInput,
  paginateListAttachedUserPolicies,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, insertAwsPolicy } from "../../../../test/policies.ts";
import { accessDenied, constraints, invalidMarker, invalidPath, noSuchUser } from "../../../../test/refusals.ts";
import { encodeMarker } from "../../paging.ts";

suite("ListAttachedUserPolicies", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const list = async (more: Partial<ListAttachedUserPoliciesCommandInput> = {}, iam = h.iam) => {
    const { AttachedPolicies, IsTruncated, Marker } = await iam.send(
      new ListAttachedUserPoliciesCommand({ UserName: "ann", ...more }),
    );
    return { AttachedPolicies, IsTruncated, Marker };
  };
  const names = async (more: Partial<ListAttachedUserPoliciesCommandInput> = {}) =>
    (await list(more)).AttachedPolicies?.map((policy) => policy.PolicyName);
  const attach = (PolicyArn: string) => h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn }));

  test("a user without policies has an empty list", async () => {
    assert.deepEqual(await list(), { AttachedPolicies: [], IsTruncated: false, Marker: undefined });
  });

  test("lists in the order of attachment, AWS's among one's own, page by page", async () => {
    const zeta = await createPolicy(h, "zeta");
    const alpha = await createPolicy(h, "Alpha", { Path: "/team/" });
    const aws = await insertAwsPolicy(h, "ReadOnlyAccess", "/job-function/");
    for (const arn of [zeta.Arn, aws, alpha.Arn]) await attach(arn);
    assert.deepEqual((await list()).AttachedPolicies, [
      { PolicyName: "zeta", PolicyArn: zeta.Arn },
      { PolicyName: "ReadOnlyAccess", PolicyArn: aws },
      { PolicyName: "Alpha", PolicyArn: alpha.Arn },
    ]);
    const pages = [];
    for await (const page of paginateListAttachedUserPolicies({ client: h.iam, pageSize: 2 }, { UserName: "ann" })) {
      pages.push([page.IsTruncated, page.AttachedPolicies?.map((policy) => policy.PolicyName)]);
    }
    assert.deepEqual(pages, [
      [true, ["zeta", "ReadOnlyAccess"]],
      [false, ["Alpha"]],
    ]);
  });

  test("one that is attached again, comes last; a page goes on behind one that is gone", async () => {
    const { Marker } = await list({ MaxItems: 1 });
    await h.iam.send(
      new DetachUserPolicyCommand({ UserName: "ann", PolicyArn: `arn:aws:iam::${testAccount}:policy/zeta` }),
    );
    await attach(`arn:aws:iam::${testAccount}:policy/zeta`);
    assert.deepEqual(await names({ Marker }), ["ReadOnlyAccess", "Alpha", "zeta"]);
  });

  test("lists what lies below a path", async () => {
    assert.deepEqual(await names({ PathPrefix: "/team/" }), ["Alpha"]);
    assert.deepEqual(await names({ PathPrefix: "/nothing/" }), []);
  });

  test("refuses a user that is not there, markers not its own, and what is outside the limits", async () => {
    assert.deepEqual(await refused(list({ UserName: "nobody" })), noSuchUser("nobody"));
    for (const Marker of ["invalid", encodeMarker("ann"), encodeMarker("-1"), encodeMarker("1".repeat(20))]) {
      assert.deepEqual(await refused(list({ Marker })), invalidMarker);
    }
    assert.deepEqual(
      await refused(list({ MaxItems: 1001 })),
      constraints(["maxItems", "Member must have value less than or equal to 1000"]),
    );
    assert.deepEqual(await refused(list({ PathPrefix: "team" })), invalidPath("pathPrefix"));
  });

  test("who may not, learns no name", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:ListAttachedUserPolicies", `${arn}/eve`));
    assert.deepEqual((await list({ UserName: "eve" }, eve.iam)).AttachedPolicies, []);
    for (const UserName of ["ann", "nobody"]) {
      assert.deepEqual(
        await refused(list({ UserName }, eve.iam)),
        accessDenied("eve", "iam:ListAttachedUserPolicies", `${arn}/${UserName}`),
      );
    }
  });
});
