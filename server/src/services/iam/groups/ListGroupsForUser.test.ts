import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  ListGroupsForUserCommand,
  type ListGroupsForUserCommandInput,
  paginateListGroupsForUser,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidMarker, noSuchUser } from "../../../../test/refusals.ts";

suite("ListGroupsForUser", async () => {
  const h = await harness();
  for (const UserName of ["Ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const list = async (input: ListGroupsForUserCommandInput, iam = h.iam) => {
    const { $metadata: _, ...groups } = await iam.send(new ListGroupsForUserCommand(input));
    return groups;
  };

  test("lists a user's own groups by name, page by page", async () => {
    const groups = [];
    for (const GroupName of ["third", "First", "second", "empty"]) {
      const { Group } = await h.iam.send(new CreateGroupCommand({ GroupName, Path: "/team/" }));
      if (GroupName === "empty") continue;
      await h.iam.send(new AddUserToGroupCommand({ GroupName, UserName: "ANN" }));
      groups.push(Group);
    }
    const [third, first, second] = groups;
    assert.deepEqual(await list({ UserName: "ann" }), { Groups: [first, second, third], IsTruncated: false });
    assert.deepEqual(await list({ UserName: "bob" }), { Groups: [], IsTruncated: false });
    const pages = [];
    for await (const page of paginateListGroupsForUser({ client: h.iam, pageSize: 2 }, { UserName: "Ann" })) {
      pages.push([page.IsTruncated, page.Groups]);
    }
    assert.deepEqual(pages, [
      [true, [first, second]],
      [false, [third]],
    ]);
  });

  test("refuses a user that is not there, a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(list({ UserName: "nobody" })), noSuchUser("nobody"));
    assert.deepEqual(await refused(list({ UserName: "ann", Marker: "invalid" })), invalidMarker);
    assert.deepEqual(
      await refused(list({ UserName: "ann", MaxItems: 1001 })),
      constraints(["maxItems", "Member must have value less than or equal to 1000"]),
    );
  });

  test("who may ask of itself may ask of nobody else", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:ListGroupsForUser", `${arn}/\${aws:username}`));
    assert.deepEqual((await list({ UserName: "eve" }, eve.iam)).Groups, []);
    for (const UserName of ["Ann", "nobody"]) {
      assert.deepEqual(
        await refused(list({ UserName }, eve.iam)),
        accessDenied("eve", "iam:ListGroupsForUser", `${arn}/${UserName}`),
      );
    }
  });
});
