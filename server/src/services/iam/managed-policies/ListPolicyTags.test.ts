import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListPolicyTagsCommand, type ListPolicyTagsCommandInput, paginateListPolicyTags } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints, invalidMarker } from "../../../../test/refusals.ts";

suite("ListPolicyTags", async () => {
  const h = await harness();
  const list = async (PolicyArn: string, more: Partial<ListPolicyTagsCommandInput> = {}, iam = h.iam) => {
    const { Tags, IsTruncated, Marker } = await iam.send(new ListPolicyTagsCommand({ PolicyArn, ...more }));
    return { Tags, IsTruncated, Marker };
  };
  const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: `${Key}-value` }));

  test("a policy without tags has an empty list, and so have AWS's", async () => {
    const empty = { Tags: [], IsTruncated: false, Marker: undefined };
    assert.deepEqual(await list((await createPolicy(h, "plain")).Arn), empty);
    assert.deepEqual(await list(await insertAwsPolicy(h, "AdministratorAccess")), empty);
  });

  test("lists short keys first, page by page", async () => {
    const { Arn } = await createPolicy(h, "tagged", { Tags: tags("somekey", "b", "abc", "z", "a", "A") });
    const sorted = tags("A", "a", "b", "z", "abc", "somekey");
    assert.deepEqual(await list(Arn), { Tags: sorted, IsTruncated: false, Marker: undefined });
    for (const size of [1, 2, 4, 6]) {
      const pages = [];
      for await (const page of paginateListPolicyTags({ client: h.iam, pageSize: size }, { PolicyArn: Arn })) {
        pages.push(page.Tags);
      }
      assert.deepEqual(pages.flat(), sorted, `pages of ${size}`);
      assert.equal(pages.length, Math.ceil(sorted.length / size), `pages of ${size}`);
    }
  });

  test("refuses a policy that is not there, a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(list(ownArn("nothing"))), {
      code: "NoSuchEntity",
      message: `Policy ${ownArn("nothing")} was not found.`,
      status: 404,
    });
    assert.deepEqual(await refused(list(ownArn("tagged"), { Marker: "invalid" })), invalidMarker);
    assert.deepEqual(
      await refused(list(ownArn("tagged"), { MaxItems: 1001 })),
      constraints(["maxItems", "Member must have value less than or equal to 1000"]),
    );
  });

  test("who may not, is told so of policies that are there and others", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:ListPolicyTags", ownArn("plain")));
    assert.deepEqual((await list(ownArn("plain"), {}, eve.iam)).Tags, []);
    for (const name of ["tagged", "nothing"]) {
      assert.deepEqual(
        await refused(list(ownArn(name), {}, eve.iam)),
        accessDenied("eve", "iam:ListPolicyTags", ownArn(name)),
      );
    }
  });
});
