import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateGroupCommand,
  ListGroupsCommand,
  type ListGroupsCommandInput,
  paginateListGroups,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidMarker } from "../../../../test/refusals.ts";

suite("ListGroups", async () => {
  const h = await harness();
  const list = async (input: ListGroupsCommandInput = {}, iam = h.iam) => {
    const { $metadata: _, ...groups } = await iam.send(new ListGroupsCommand(input));
    return groups;
  };
  const add = async (GroupName: string, Path: string) =>
    (await h.iam.send(new CreateGroupCommand({ GroupName, Path }))).Group;

  test("an account without groups has an empty list", async () => {
    assert.deepEqual(await list(), { Groups: [], IsTruncated: false });
  });

  test("lists whole groups by name whatever its case, below a path, page by page", async () => {
    const carl = await add("carl", "/team/");
    const bob = await add("Bob", "/team/one/");
    const ann = await add("ann", "/");
    assert.deepEqual(await list(), { Groups: [ann, bob, carl], IsTruncated: false });
    assert.deepEqual(await list({ PathPrefix: "/te" }), { Groups: [bob, carl], IsTruncated: false });
    assert.deepEqual(await list({ PathPrefix: "/team/one/" }), { Groups: [bob], IsTruncated: false });
    const pages = [];
    for await (const page of paginateListGroups({ client: h.iam, pageSize: 1 }, { PathPrefix: "/team/" })) {
      pages.push([page.IsTruncated, page.Groups]);
    }
    assert.deepEqual(pages, [
      [true, [bob]],
      [false, [carl]],
    ]);
  });

  test("refuses a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(list({ Marker: "invalid" })), invalidMarker);
    assert.deepEqual(
      await refused(list({ MaxItems: 0 })),
      constraints(["maxItems", "Member must have value greater than or equal to 1"]),
    );
  });

  test("who may list below one path may not list elsewhere", async () => {
    const arn = `arn:aws:iam::${testAccount}:group`;
    const sub = await userWithKey(h, "sub", allow("iam:ListGroups", `${arn}/team/*`));
    assert.equal((await list({ PathPrefix: "/team/" }, sub.iam)).Groups?.length, 2);
    assert.deepEqual(await refused(list({}, sub.iam)), accessDenied("sub", "iam:ListGroups", `${arn}/`));
  });
});
