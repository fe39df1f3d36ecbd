import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  ListUserTagsCommand,
  type ListUserTagsCommandInput,
  paginateListUserTags,
  TagUserCommand,
  UntagUserCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidMarker, noSuchUser } from "../../../../test/refusals.ts";

suite("ListUserTags", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "Ann" }));
  const list = async (input: ListUserTagsCommandInput, iam = h.iam) => {
    const { Tags, IsTruncated, Marker } = await iam.send(new ListUserTagsCommand(input));
    return { Tags, IsTruncated, Marker };
  };
  const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: Key.toUpperCase() }));

  test("a user without tags has an empty list", async () => {
    assert.deepEqual(await list({ UserName: "ann" }), { Tags: [], IsTruncated: false, Marker: undefined });
  });

  test("lists by key, whatever the order of tagging, page by page", async () => {
    await h.iam.send(new TagUserCommand({ UserName: "Ann", Tags: tags("c", "a", "e") }));
    await h.iam.send(new TagUserCommand({ UserName: "Ann", Tags: tags("d", "b") }));
    const sorted = tags("a", "b", "c", "d", "e");
    assert.deepEqual(await list({ UserName: "ANN" }), { Tags: sorted, IsTruncated: false, Marker: undefined });
    const pages = [];
    for await (const page of paginateListUserTags({ client: h.iam, pageSize: 2 }, { UserName: "ann" })) {
      pages.push([page.IsTruncated, page.Tags]);
    }
    assert.deepEqual(pages, [
      [true, sorted.slice(0, 2)],
      [true, sorted.slice(2, 4)],
      [false, sorted.slice(4)],
    ]);
  });

  test("goes on behind the last tag shown, though that one is gone", async () => {
    const { Marker } = await list({ UserName: "ann", MaxItems: 2 });
    await h.iam.send(new UntagUserCommand({ UserName: "ann", TagKeys: ["b"] }));
    assert.deepEqual((await list({ UserName: "ann", Marker })).Tags, tags("c", "d", "e"));
  });

  test("refuses a user that is not there, a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(list({ UserName: "nobody" })), noSuchUser("nobody"));
    assert.deepEqual(await refused(list({ UserName: "ann", Marker: "invalid" })), invalidMarker);
    assert.deepEqual(
      await refused(list({ UserName: "ann", MaxItems: 0 })),
      constraints(["maxItems", "Member must have value greater than or equal to 1"]),
    );
  });

  test("who may not, learns no name", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:ListUserTags", `${arn}/eve`));
    assert.deepEqual((await list({ UserName: "eve" }, eve.iam)).Tags, []);
    for (const UserName of ["Ann", "nobody"]) {
      assert.deepEqual(
        await refused(list({ UserName }, eve.iam)),
        accessDenied("eve", "iam:ListUserTags", `${arn}/${UserName}`),
      );
    }
  });
});
