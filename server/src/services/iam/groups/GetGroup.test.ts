import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetGroupCommand,
  type GetGroupCommandInput,
  paginateGetGroup,
  RemoveUserFromGroupCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidMarker, noSuchGroup } from "../../../../test/refusals.ts";

suite("GetGroup", async () => {
  const h = await harness();
  const get = async (input: GetGroupCommandInput, iam = h.iam) => {
    const { $metadata: _, ...group } = await iam.send(new GetGroupCommand(input));
    return group;
  };
  const { Group } = await h.iam.send(new CreateGroupCommand({ GroupName: "Crew", Path: "/team/" }));

  test("a group without members, whatever the case of its name", async () => {
    for (const GroupName of ["Crew", "CREW"]) {
      assert.deepEqual(await get({ GroupName }), { Group, Users: [], IsTruncated: false });
    }
  });

  test("shows members as ListUsers does, each once, page by page, by ids that no renaming disturbs", async () => {
    const members = [];
    for (const UserName of ["ann", "bob", "carl", "dora", "emil"]) {
      const Tags = [{ Key: "Team", Value: "One" }];
      const { User } = await h.iam.send(new CreateUserCommand({ UserName, Path: "/a/", Tags }));
      const { Tags: _, ...member } = User ?? assert.fail();
      members.push(member);
      await h.iam.send(new AddUserToGroupCommand({ GroupName: "crew", UserName }));
    }
    const sorted = members.toSorted((a, b) => ((a.UserId ?? "") < (b.UserId ?? "") ? -1 : 1));
    assert.deepEqual(await get({ GroupName: "Crew" }), { Group, Users: sorted, IsTruncated: false });
    const pages = [];
    for await (const page of paginateGetGroup({ client: h.iam, pageSize: 2 }, { GroupName: "Crew" })) {
      pages.push([page.Group, page.IsTruncated, page.Users]);
    }
    assert.deepEqual(pages, [
      [Group, true, sorted.slice(0, 2)],
      [Group, true, sorted.slice(2, 4)],
      [Group, false, sorted.slice(4)],
    ]);
    const { Marker } = await get({ GroupName: "Crew", MaxItems: 2 });
    const [first, second, ...rest] = sorted.map((member) => member.UserName);
    await h.iam.send(new RemoveUserFromGroupCommand({ GroupName: "Crew", UserName: second }));
    await h.iam.send(new UpdateUserCommand({ UserName: first, NewUserName: "zoe" }));
    const { Users } = await get({ GroupName: "Crew", Marker });
    assert.deepEqual(
      Users?.map((user) => user.UserName),
      rest,
    );
  });

  test("refuses a group that is not there, a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(get({ GroupName: "nowhere" })), noSuchGroup("nowhere"));
    assert.deepEqual(await refused(get({ GroupName: "Crew", Marker: "invalid" })), invalidMarker);
    assert.deepEqual(
      await refused(get({ GroupName: "Crew", MaxItems: 1001 })),
      constraints(["maxItems", "Member must have value less than or equal to 1000"]),
    );
  });

  test("who may look at one group learns of no other, by the group's own path and name", async () => {
    const arn = `arn:aws:iam::${testAccount}:group`;
    await h.iam.send(new CreateGroupCommand({ GroupName: "other" }));
    const eve = await userWithKey(h, "eve", allow("iam:GetGroup", `${arn}/team/Crew`));
    assert.deepEqual((await get({ GroupName: "CREW" }, eve.iam)).Group, Group);
    for (const GroupName of ["other", "nowhere"]) {
      assert.deepEqual(
        await refused(get({ GroupName }, eve.iam)),
        accessDenied("eve", "iam:GetGroup", `${arn}/${GroupName}`),
      );
    }
  });
});
