import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DetachGroupPolicyCommand,
  ListGroupsCommand,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, noSuchGroup } from "../../../../test/refusals.ts";

suite("DeleteGroup", async () => {
  const h = await harness();
  const create = (GroupName: string, Path?: string) => h.iam.send(new CreateGroupCommand({ GroupName, Path }));
  const remove = (GroupName: string, iam = h.iam) => iam.send(new DeleteGroupCommand({ GroupName }));

  test("deletes whatever the case of the name, once", async () => {
    await create("crew");
    assert.deepEqual(Object.keys(await remove("CREW")), ["$metadata"]);
    assert.deepEqual((await h.iam.send(new ListGroupsCommand({}))).Groups, []);
    assert.deepEqual(await refused(remove("crew")), noSuchGroup("crew"));
  });

  test("refuses while anything hangs on the group, and says what", async () => {
    const GroupName = "full";
    await create(GroupName);
    await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
    const PolicyDocument = JSON.stringify(allow("sts:*"));
    const { Policy } = await h.iam.send(new CreatePolicyCommand({ PolicyName: "policy", PolicyDocument }));
    const PolicyArn = Policy?.Arn;
    await h.iam.send(new AddUserToGroupCommand({ GroupName, UserName: "ann" }));
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
    await h.iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: "inline", PolicyDocument }));
    for (const [what, undo] of [
      ["remove users from group", () => h.iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName: "ann" }))],
      ["detach all policies", () => h.iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }))],
      ["delete policies", () => h.iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName: "inline" }))],
    ] as const) {
      assert.deepEqual(await refused(remove(GroupName)), {
        code: "DeleteConflict",
        message: `Cannot delete entity, must ${what} first.`,
        status: 409,
      });
      await undo();
    }
    await remove(GroupName);
    assert.deepEqual(await refused(remove(GroupName)), noSuchGroup(GroupName));
  });

  test("who may delete below one path may not elsewhere, and learns no name", async () => {
    const arn = `arn:aws:iam::${testAccount}:group`;
    await create("inside", "/dev/");
    await create("outside");
    const sub = await userWithKey(h, "sub", allow("iam:DeleteGroup", `${arn}/dev/*`));
    await remove("inside", sub.iam);
    for (const name of ["outside", "unheard-of"]) {
      assert.deepEqual(await refused(remove(name, sub.iam)), accessDenied("sub", "iam:DeleteGroup", `${arn}/${name}`));
    }
  });
});
