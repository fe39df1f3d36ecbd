import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteUserPolicyCommand,
  ListUserPoliciesCommand,
  type ListUserPoliciesCommandInput,
  PutUserPolicyCommand,
  paginateListUserPolicies,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { accessDenied, constraints, invalidMarker, noSuchUser } from "../../../../test/refusals.ts";

suite("ListUserPolicies", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const list = async (more: Partial<ListUserPoliciesCommandInput> = {}, iam = h.iam) => {
    const { PolicyNames, IsTruncated, Marker } = await iam.send(
      new ListUserPoliciesCommand({ UserName: "ann", ...more }),
    );
    return { PolicyNames, IsTruncated, Marker };
  };

  test("a user without policies has an empty list", async () => {
    assert.deepEqual(await list(), { PolicyNames: [], IsTruncated: false, Marker: undefined });
  });

  test("lists the names alone, in order, page by page", async () => {
    for (const PolicyName of ["c", "a", "b", "A=+,.@-_"]) {
      await h.iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName, PolicyDocument: document() }));
    }
    assert.deepEqual((await list()).PolicyNames, ["A=+,.@-_", "a", "b", "c"]);
    const pages = [];
    for await (const page of paginateListUserPolicies({ client: h.iam, pageSize: 3 }, { UserName: "ann" })) {
      pages.push([page.IsTruncated, page.PolicyNames]);
    }
    assert.deepEqual(pages, [
      [true, ["A=+,.@-_", "a", "b"]],
      [false, ["c"]],
    ]);
  });

  test("goes on behind a policy that is gone", async () => {
    const { Marker } = await list({ MaxItems: 2 });
    await h.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "a" }));
    assert.deepEqual((await list({ Marker })).PolicyNames, ["b", "c"]);
  });

  test("refuses a user that is not there, a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(list({ UserName: "nobody" })), noSuchUser("nobody"));
    assert.deepEqual(await refused(list({ Marker: "invalid" })), invalidMarker);
    assert.deepEqual(
      await refused(list({ MaxItems: 1001 })),
      constraints(["maxItems", "Member must have value less than or equal to 1000"]),
    );
  });

  test("who may not, learns no name", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:ListUserPolicies", `${arn}/eve`));
    assert.deepEqual((await list({ UserName: "eve" }, eve.iam)).PolicyNames, ["inline"]);
    for (const UserName of ["ann", "nobody"]) {
      assert.deepEqual(
        await refused(list({ UserName }, eve.iam)),
        accessDenied("eve", "iam:ListUserPolicies", `${arn}/${UserName}`),
      );
    }
  });
});
