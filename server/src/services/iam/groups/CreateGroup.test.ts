import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateGroupCommand,
  type CreateGroupCommandInput,
  DeleteGroupCommand,
  GetGroupCommand,
  ListGroupsCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidPath, noSuchGroup } from "../../../../test/refusals.ts";

suite("CreateGroup", async () => {
  const h = await harness();
  const create = async (input: CreateGroupCommandInput, iam = h.iam) =>
    (await iam.send(new CreateGroupCommand(input))).Group;
  const get = async (GroupName: string) => (await h.iam.send(new GetGroupCommand({ GroupName }))).Group;

  test("answers the whole group, at the path / unless told otherwise, and keeps it", async () => {
    const group = await create({ GroupName: "Crew" });
    assert.deepEqual(group, {
      Path: "/",
      GroupName: "Crew",
      GroupId: group?.GroupId,
      Arn: `arn:aws:iam::${testAccount}:group/Crew`,
      CreateDate: new Date(startOfTest),
    });
    assert.match(group?.GroupId ?? "", /^AGPA[A-Z2-7]{17}$/);
    assert.deepEqual(await get("crew"), group);
    const other = await create({ GroupName: "other", Path: "/some/location/" });
    assert.equal(other?.Path, "/some/location/");
    assert.equal(other?.Arn, `arn:aws:iam::${testAccount}:group/some/location/other`);
  });

  test("refuses a name that is taken, in whatever case and path", async () => {
    for (const GroupName of ["Crew", "CREW"]) {
      assert.deepEqual(await refused(create({ GroupName, Path: "/elsewhere/" })), {
        code: "EntityAlreadyExists",
        message: `Group with name ${GroupName} already exists.`,
        status: 409,
      });
    }
  });

  test("names have 128 characters at most, paths begin and end with /", async () => {
    await create({ GroupName: "a".repeat(128), Path: "/a//b/" });
    assert.deepEqual(
      await refused(create({ GroupName: "a".repeat(129) })),
      constraints(["groupName", "Member must have length less than or equal to 128"]),
    );
    for (const GroupName of ["a b", "a/b", "a\n", "é"]) {
      assert.deepEqual(await refused(create({ GroupName })), {
        code: "ValidationError",
        message:
          "The specified value for groupName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
        status: 400,
      });
    }
    for (const Path of ["/team", "team/", "/ space/", "/del\u007f/", "/é/", "//", "/team/\n", "/line\n/"]) {
      assert.deepEqual(await refused(create({ GroupName: "path", Path })), invalidPath("path"));
    }
    assert.deepEqual(await refused(get("path")), noSuchGroup("path"));
  });

  test("who may create below one path may not elsewhere, and learns no name that is taken", async () => {
    const arn = `arn:aws:iam::${testAccount}:group`;
    const sub = await userWithKey(h, "sub", allow("iam:CreateGroup", `${arn}/team/*`));
    assert.equal((await create({ GroupName: "new", Path: "/team/" }, sub.iam))?.Path, "/team/");
    for (const GroupName of ["Crew", "unheard-of"]) {
      assert.deepEqual(
        await refused(create({ GroupName }, sub.iam)),
        accessDenied("sub", "iam:CreateGroup", `${arn}/${GroupName}`),
      );
    }
  });

  test("refuses one group more than the quota, until another is deleted", async () => {
    const { iam } = await harness({ quotas: { GroupsPerAccount: 1 } });
    await create({ GroupName: "one" }, iam);
    for (const GroupName of ["two", "three"]) {
      assert.deepEqual(await refused(create({ GroupName }, iam)), {
        code: "LimitExceeded",
        message: "Cannot exceed quota for GroupsPerAccount: 1",
        status: 409,
      });
    }
    await iam.send(new DeleteGroupCommand({ GroupName: "one" }));
    const two = await create({ GroupName: "two" }, iam);
    assert.deepEqual((await iam.send(new ListGroupsCommand({}))).Groups, [two]);
  });

  test("of ten at once for one name, exactly one succeeds", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => create({ GroupName: "race" })));
    const made = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    assert.deepEqual(made, [await get("race")]);
    for (const answer of answers) {
      if (answer.status === "rejected") assert.equal(answer.reason.message, "Group with name race already exists.");
    }
  });
});
