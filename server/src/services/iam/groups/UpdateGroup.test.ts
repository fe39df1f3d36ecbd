import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  GetGroupCommand,
  ListGroupPoliciesCommand,
  PutGroupPolicyCommand,
  UpdateGroupCommand,
  type UpdateGroupCommandInput,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidPath, noSuchGroup } from "../../../../test/refusals.ts";

suite("UpdateGroup", async () => {
  const h = await harness();
  const arn = `arn:aws:iam::${testAccount}:group`;
  const update = (input: UpdateGroupCommandInput, iam = h.iam) => iam.send(new UpdateGroupCommand(input));
  const create = async (GroupName: string, Path?: string) =>
    (await h.iam.send(new CreateGroupCommand({ GroupName, Path }))).Group;
  const get = async (GroupName: string, iam = h.iam) => (await iam.send(new GetGroupCommand({ GroupName }))).Group;

  test("changes name, path, or a name's case alone; the id stays and the old name is free", async () => {
    const group = await create("crew", "/path/");
    await update({ GroupName: "CREW", NewGroupName: "team", NewPath: "/new-path/" });
    const moved = { ...group, Path: "/new-path/", GroupName: "team", Arn: `${arn}/new-path/team` };
    assert.deepEqual(await get("team"), moved);
    assert.deepEqual(await refused(get("crew")), noSuchGroup("crew"));
    await update({ GroupName: "team", NewGroupName: "Team" });
    assert.deepEqual(await get("team"), { ...moved, GroupName: "Team", Arn: `${arn}/new-path/Team` });
    await update({ GroupName: "team", NewPath: "/" });
    assert.deepEqual(await get("team"), { ...moved, Path: "/", GroupName: "Team", Arn: `${arn}/Team` });
  });

  test("a renamed group keeps its members and its policies, which go on to hold", async () => {
    await create("before");
    const ann = await userWithKey(h, "ann");
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "before", UserName: "ann" }));
    const PolicyDocument = JSON.stringify(allow("iam:GetGroup", `${arn}/after`));
    await h.iam.send(new PutGroupPolicyCommand({ GroupName: "before", PolicyName: "inline", PolicyDocument }));
    assert.deepEqual(await refused(get("before", ann.iam)), accessDenied("ann", "iam:GetGroup", `${arn}/before`));
    await update({ GroupName: "before", NewGroupName: "after" });
    const { Users } = await ann.iam.send(new GetGroupCommand({ GroupName: "after" }));
    assert.deepEqual(
      Users?.map((user) => user.UserName),
      ["ann"],
    );
    const { PolicyNames } = await h.iam.send(new ListGroupPoliciesCommand({ GroupName: "after" }));
    assert.deepEqual(PolicyNames, ["inline"]);
  });

  test("refuses a name that another group has, in whatever case", async () => {
    const first = await create("first");
    await create("second");
    assert.deepEqual(await refused(update({ GroupName: "first", NewGroupName: "SECOND", NewPath: "/x/" })), {
      code: "EntityAlreadyExists",
      message: "Group with name SECOND already exists.",
      status: 409,
    });
    assert.deepEqual(await get("first"), first);
  });

  test("refuses a group that is not there, and names and paths that no group could have", async () => {
    assert.deepEqual(
      await refused(update({ GroupName: "nonexisting", NewGroupName: "new-name" })),
      noSuchGroup("nonexisting"),
    );
    assert.deepEqual(
      await refused(update({ GroupName: "first", NewGroupName: "a".repeat(129) })),
      constraints(["newGroupName", "Member must have length less than or equal to 128"]),
    );
    assert.deepEqual(await refused(update({ GroupName: "first", NewPath: "/team" })), invalidPath("newPath"));
  });

  test("needs permission on what the group was and on what it will be, and hides what is there", async () => {
    await create("inside", "/dev/");
    await create("outside");
    const sub = await userWithKey(h, "sub", allow("iam:UpdateGroup", `${arn}/dev/*`));
    await update({ GroupName: "inside", NewGroupName: "insiders" }, sub.iam);
    const denied = (name: string) => accessDenied("sub", "iam:UpdateGroup", `${arn}/${name}`);
    for (const NewGroupName of ["outside", "unheard-of"]) {
      assert.deepEqual(
        await refused(update({ GroupName: "insiders", NewPath: "/", NewGroupName }, sub.iam)),
        denied(NewGroupName),
      );
      assert.deepEqual(
        await refused(update({ GroupName: NewGroupName, NewPath: "/dev/" }, sub.iam)),
        denied(NewGroupName),
      );
    }
    assert.equal((await get("insiders"))?.Path, "/dev/");
  });
});
