import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetGroupCommand,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, noSuchGroup, noSuchUser } from "../../../../test/refusals.ts";

suite("RemoveUserFromGroup", async () => {
  const h = await harness();
  const arn = `arn:aws:iam::${testAccount}:group`;
  await h.iam.send(new CreateGroupCommand({ GroupName: "Crew", Path: "/dev/" }));
  await h.iam.send(new CreateGroupCommand({ GroupName: "other" }));
  for (const UserName of ["Ann", "bob"]) {
    await h.iam.send(new CreateUserCommand({ UserName }));
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "Crew", UserName }));
  }
  const remove = (GroupName: string, UserName: string, iam = h.iam) =>
    iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
  const members = async (GroupName: string) =>
    (await h.iam.send(new GetGroupCommand({ GroupName }))).Users?.map((user) => user.UserName);

  test("removes whatever the case of both names; removing again, or who never was a member, is no error", async () => {
    assert.deepEqual(Object.keys(await remove("CREW", "ANN")), ["$metadata"]);
    await remove("Crew", "ann");
    await remove("other", "ann");
    assert.deepEqual(await members("Crew"), ["bob"]);
  });

  test("the group's policies hold for the member no more, at once", async () => {
    const carl = await userWithKey(h, "carl");
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "other", UserName: "carl" }));
    const PolicyDocument = JSON.stringify(allow("iam:GetGroup"));
    await h.iam.send(new PutGroupPolicyCommand({ GroupName: "other", PolicyName: "inline", PolicyDocument }));
    const look = () => carl.iam.send(new GetGroupCommand({ GroupName: "other" }));
    await look();
    await remove("other", "carl");
    assert.deepEqual(await refused(look()), accessDenied("carl", "iam:GetGroup", `${arn}/other`));
  });

  test("refuses a group and a user that are not there; of both it names the user", async () => {
    assert.deepEqual(await refused(remove("non-existent-group", "ann")), noSuchGroup("non-existent-group"));
    assert.deepEqual(await refused(remove("Crew", "nobody")), noSuchUser("nobody"));
    assert.deepEqual(await refused(remove("non-existent-group", "any-user")), noSuchUser("any-user"));
  });

  test("who may remove from one group may remove from no other, and learns neither of groups nor of users", async () => {
    const sub = await userWithKey(h, "sub", allow("iam:RemoveUserFromGroup", `${arn}/dev/Crew`));
    await remove("crew", "bob", sub.iam);
    assert.deepEqual(await members("Crew"), []);
    assert.deepEqual(await refused(remove("crew", "nobody", sub.iam)), noSuchUser("nobody"));
    for (const group of ["other", "nowhere"]) {
      for (const user of ["ann", "nobody"]) {
        assert.deepEqual(
          await refused(remove(group, user, sub.iam)),
          accessDenied("sub", "iam:RemoveUserFromGroup", `${arn}/${group}`),
        );
      }
    }
  });
});
