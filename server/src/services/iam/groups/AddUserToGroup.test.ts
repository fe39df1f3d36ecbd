import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetGroupCommand,
  ListGroupsForUserCommand,
  PutGroupPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, noSuchGroup, noSuchUser } from "../../../../test/refusals.ts";

suite("AddUserToGroup", async () => {
  const h = await harness({ quotas: { GroupsPerUser: 3 } });
  for (const GroupName of ["Crew", "other"]) {
    await h.iam.send(new CreateGroupCommand({ GroupName, Path: GroupName === "Crew" ? "/dev/" : "/" }));
  }
  const add = (GroupName: string, UserName: string, iam = h.iam) =>
    iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  const members = async (GroupName: string) =>
    (await h.iam.send(new GetGroupCommand({ GroupName }))).Users?.map((user) => user.UserName);

  test("adds whatever the case of both names; adding again is no error and adds nothing", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "Ann" }));
    assert.deepEqual(Object.keys(await add("CREW", "ANN")), ["$metadata"]);
    await add("Crew", "ann");
    assert.deepEqual(await members("Crew"), ["Ann"]);
  });

  test("the group's policies hold for the member at once", async () => {
    const bob = await userWithKey(h, "bob");
    const PolicyDocument = JSON.stringify(allow("iam:GetGroup"));
    await h.iam.send(new PutGroupPolicyCommand({ GroupName: "other", PolicyName: "inline", PolicyDocument }));
    const look = () => bob.iam.send(new GetGroupCommand({ GroupName: "other" }));
    const arn = `arn:aws:iam::${testAccount}:group/other`;
    assert.deepEqual(await refused(look()), accessDenied("bob", "iam:GetGroup", arn));
    await add("other", "bob");
    assert.equal((await look()).Users?.length, 1);
  });

  test("refuses a group and a user that are not there; of both it names the user", async () => {
    assert.deepEqual(await refused(add("nowhere", "ann")), noSuchGroup("nowhere"));
    assert.deepEqual(await refused(add("Crew", "nobody")), noSuchUser("nobody"));
    assert.deepEqual(await refused(add("nowhere", "nobody")), noSuchUser("nobody"));
  });

  test("a user is in as many groups as the quota allows, however many ask at once", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "joiner" }));
    const names = Array.from({ length: 8 }, (_, at) => `group-${at}`);
    for (const GroupName of names) await h.iam.send(new CreateGroupCommand({ GroupName }));
    const answers = await Promise.allSettled(names.map((GroupName) => add(GroupName, "joiner")));
    const joined = names.filter((_, at) => answers[at]?.status === "fulfilled");
    const { Groups } = await h.iam.send(new ListGroupsForUserCommand({ UserName: "joiner" }));
    assert.deepEqual(
      Groups?.map((group) => group.GroupName),
      joined,
    );
    assert.equal(joined.length, 3);
    // Already a member: no more than there are.
    await add(joined[0] ?? "", "joiner");
    assert.deepEqual(await refused(add(names.find((name) => !joined.includes(name)) ?? "", "joiner")), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for GroupsPerUser: 3",
      status: 409,
    });
  });

  test("who may add to one group may add to no other, and learns neither of groups nor of users", async () => {
    const arn = `arn:aws:iam::${testAccount}:group`;
    const sub = await userWithKey(h, "sub", allow("iam:AddUserToGroup", `${arn}/dev/Crew`));
    await add("crew", "sub", sub.iam);
    assert.deepEqual(await refused(add("crew", "nobody", sub.iam)), noSuchUser("nobody"));
    for (const group of ["other", "nowhere"]) {
      for (const user of ["ann", "nobody"]) {
        assert.deepEqual(
          await refused(add(group, user, sub.iam)),
          accessDenied("sub", "iam:AddUserToGroup", `${arn}/${group}`),
        );
      }
    }
  });
});
