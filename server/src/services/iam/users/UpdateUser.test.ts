import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetGroupCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListUserPoliciesCommand,
  UpdateUserCommand,
  type UpdateUserCommandInput,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidPath, noSuchUser } from "../../../../test/refusals.ts";

suite("UpdateUser", async () => {
  const h = await harness();
  const arn = `arn:aws:iam::${testAccount}:user`;
  const update = (input: UpdateUserCommandInput, iam = h.iam) => iam.send(new UpdateUserCommand(input));
  const create = async (UserName: string, Path?: string) =>
    (await h.iam.send(new CreateUserCommand({ UserName, Path }))).User;
  const get = async (UserName: string) => (await h.iam.send(new GetUserCommand({ UserName }))).User;

  test("changes name, path or both; the id stays and the old name is free", async () => {
    const user = await create("ann");
    await update({ UserName: "ANN", NewUserName: "anna" });
    assert.deepEqual(await get("anna"), { ...user, UserName: "anna", Arn: `${arn}/anna` });
    await update({ UserName: "anna", NewPath: "/a//b/" });
    assert.deepEqual(await get("anna"), { ...user, Path: "/a//b/", UserName: "anna", Arn: `${arn}/a//b/anna` });
    await update({ UserName: "anna", NewUserName: "ann", NewPath: "/" });
    assert.deepEqual(await get("ann"), user);
    assert.deepEqual(await refused(get("anna")), noSuchUser("anna"));
    await update({ UserName: "ann" });
    assert.deepEqual(await get("ann"), user);
  });

  test("changes a name's case alone", async () => {
    const user = await create("case");
    await update({ UserName: "case", NewUserName: "CASE" });
    assert.deepEqual(await get("case"), { ...user, UserName: "CASE", Arn: `${arn}/CASE` });
  });

  test("a renamed user keeps keys, groups and policies, and signs under the new name at once", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:GetUser", `${arn}/robert`));
    await h.iam.send(new CreateGroupCommand({ GroupName: "crew" }));
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "crew", UserName: "bob" }));
    const { $metadata: _, ...before } = await bob.sts.send(new GetCallerIdentityCommand({}));
    await update({ UserName: "bob", NewUserName: "robert" });
    const { $metadata: __, ...after } = await bob.sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual(after, { ...before, Arn: `${arn}/robert` });
    assert.equal((await bob.iam.send(new GetUserCommand({}))).User?.UserName, "robert");
    const keys = await h.iam.send(new ListAccessKeysCommand({ UserName: "robert" }));
    assert.deepEqual(
      keys.AccessKeyMetadata?.map((key) => [key.UserName, key.AccessKeyId]),
      [["robert", bob.credentials.accessKeyId]],
    );
    const policies = await h.iam.send(new ListUserPoliciesCommand({ UserName: "robert" }));
    assert.deepEqual(policies.PolicyNames, ["inline"]);
    const group = await h.iam.send(new GetGroupCommand({ GroupName: "crew" }));
    assert.deepEqual(
      group.Users?.map((user) => user.UserName),
      ["robert"],
    );
  });

  test("refuses a name that another user has, in whatever case", async () => {
    const user = await create("first");
    await create("second");
    assert.deepEqual(await refused(update({ UserName: "first", NewUserName: "SECOND", NewPath: "/x/" })), {
      code: "EntityAlreadyExists",
      message: "User with name SECOND already exists.",
      status: 409,
    });
    assert.deepEqual(await get("first"), user);
  });

  test("refuses a user that is not there, and names and paths that no user could have", async () => {
    assert.deepEqual(await refused(update({ UserName: "nobody", NewUserName: "new" })), noSuchUser("nobody"));
    assert.deepEqual(
      await refused(update({ UserName: "ann", NewUserName: "a".repeat(65) })),
      constraints(["newUserName", "Member must have length less than or equal to 64"]),
    );
    for (const NewPath of ["/team", "team/", "/ space/", "/del\u007f/", "/é/", "//", "/team/\n", "/line\n/"]) {
      assert.deepEqual(await refused(update({ UserName: "ann", NewPath })), invalidPath("newPath"));
    }
  });

  test("needs permission on what the user was and on what it will be, and hides what is there", async () => {
    await create("inside", "/team/");
    await create("outside");
    const sub = await userWithKey(h, "sub", allow("iam:UpdateUser", `${arn}/team/*`));
    await update({ UserName: "inside", NewUserName: "insider" }, sub.iam);
    const denied = (name: string) => accessDenied("sub", "iam:UpdateUser", `${arn}/${name}`);
    const move = { UserName: "insider", NewPath: "/" };
    assert.deepEqual(await refused(update(move, sub.iam)), denied("insider"));
    for (const NewUserName of ["outside", "unheard-of"]) {
      assert.deepEqual(await refused(update({ ...move, NewUserName }, sub.iam)), denied(NewUserName));
      assert.deepEqual(
        await refused(update({ UserName: NewUserName, NewPath: "/team/" }, sub.iam)),
        denied(NewUserName),
      );
    }
    assert.equal((await get("insider"))?.Path, "/team/");
  });

  test("a policy that goes by tags says the same of both names", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "ours", Tags: [{ Key: "team", Value: "one" }] }));
    const condition = { StringEquals: { "aws:ResourceTag/team": "one" } };
    const lead = await userWithKey(h, "lead", allow("iam:UpdateUser", "*", condition));
    await update({ UserName: "ours", NewUserName: "still-ours" }, lead.iam);
    assert.deepEqual(
      await refused(update({ UserName: "ann", NewUserName: "x" }, lead.iam)),
      accessDenied("lead", "iam:UpdateUser", `${arn}/ann`),
    );
  });

  test("of ten at once for one new name, exactly one succeeds", async () => {
    const names = Array.from({ length: 10 }, (_, at) => `runner-${at}`);
    for (const name of names) await create(name);
    const answers = await Promise.allSettled(
      names.map((UserName) => update({ UserName, NewUserName: "winner", NewPath: `/${UserName}/` })),
    );
    const winners = names.filter((_, at) => answers[at]?.status === "fulfilled");
    assert.equal(winners.length, 1);
    assert.equal((await get("winner"))?.Path, `/${winners[0]}/`);
    for (const answer of answers) {
      if (answer.status === "rejected") assert.equal(answer.reason.message, "User with name winner already exists.");
    }
  });
});
