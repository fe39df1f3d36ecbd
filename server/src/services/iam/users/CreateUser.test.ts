import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreatePolicyCommand,
  CreateUserCommand,
  type CreateUserCommandInput,
  DeleteUserCommand,
  GetUserCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidPath, invalidUserName, noSuchUser } from "../../../../test/refusals.ts";

suite("CreateUser", async () => {
  const h = await harness();
  const create = async (input: CreateUserCommandInput, iam = h.iam) =>
    (await iam.send(new CreateUserCommand(input))).User;
  const get = async (UserName: string) => (await h.iam.send(new GetUserCommand({ UserName }))).User;

  test("answers the whole user, at the path / unless told otherwise, and keeps it", async () => {
    const user = await create({ UserName: "ann" });
    assert.deepEqual(user, {
      Path: "/",
      UserName: "ann",
      UserId: user?.UserId,
      Arn: `arn:aws:iam::${testAccount}:user/ann`,
      CreateDate: new Date(startOfTest),
    });
    assert.match(user?.UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
    assert.deepEqual(await get("ann"), user);
  });

  test("answers tags and permissions boundary as it will from then on", async () => {
    const { Policy } = await h.iam.send(
      new CreatePolicyCommand({ PolicyName: "edge", PolicyDocument: JSON.stringify(allow("sts:*")) }),
    );
    const Tags = [
      { Key: "Environment", Value: "Test" },
      { Key: "Team", Value: "Platform" },
    ];
    const user = await create({ UserName: "bob", Path: "/a/", Tags, PermissionsBoundary: Policy?.Arn });
    assert.deepEqual(user, {
      Path: "/a/",
      UserName: "bob",
      UserId: user?.UserId,
      Arn: `arn:aws:iam::${testAccount}:user/a/bob`,
      CreateDate: new Date(startOfTest),
      PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: Policy?.Arn },
      Tags,
    });
    assert.deepEqual(await get("bob"), user);
  });

  test("refuses a name that is taken, in whatever case and path", async () => {
    for (const UserName of ["ann", "ANN"]) {
      assert.deepEqual(await refused(create({ UserName, Path: "/elsewhere/" })), {
        code: "EntityAlreadyExists",
        message: `User with name ${UserName} already exists.`,
        status: 409,
      });
    }
    assert.equal((await get("ANN"))?.UserName, "ann");
  });

  test("names have 64 characters at most and no others than AWS's", async () => {
    const longest = "+=,.@_-".padEnd(64, "a");
    assert.equal((await create({ UserName: longest }))?.Arn, `arn:aws:iam::${testAccount}:user/${longest}`);
    for (const length of [65, 128, 129]) {
      assert.deepEqual(
        await refused(create({ UserName: "a".repeat(length) })),
        constraints(["userName", "Member must have length less than or equal to 64"]),
      );
    }
    for (const UserName of ["a b", "a/b", "a\n", "é"]) {
      assert.deepEqual(await refused(create({ UserName })), invalidUserName);
    }
    assert.deepEqual(
      await refused(create({ UserName: undefined })),
      constraints(["userName", "Member must not be null"]),
    );
  });

  test("paths begin and end with / and are printable ASCII", async () => {
    for (const Path of ["/team/", "/a//b/", `/${"x".repeat(510)}/`]) {
      const user = await create({ UserName: "path", Path });
      assert.equal(user?.Arn, `arn:aws:iam::${testAccount}:user${Path}path`);
      await h.iam.send(new DeleteUserCommand({ UserName: "path" }));
    }
    for (const Path of ["/team", "team/", "/ space/", "/del\u007f/", "/é/", "//", "/team/\n", "/line\n/"]) {
      assert.deepEqual(await refused(create({ UserName: "path", Path })), invalidPath("path"), JSON.stringify(Path));
    }
    assert.deepEqual(
      await refused(create({ UserName: "path", Path: `/${"x".repeat(511)}/` })),
      constraints(["path", "Member must have length less than or equal to 512"]),
    );
    assert.deepEqual(await refused(get("path")), noSuchUser("path"));
  });

  test("refuses tags that clash, that are AWS's own, or that are too many, and makes no user", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ Key: `k${at}`, Value: "" }));
    for (const [Tags, message] of [
      [["Team", "team"], "Duplicate tag keys found. Please note that Tag keys are case insensitive."],
      [["aws:Team"], "Tag keys beginning with aws: are reserved for system use."],
      [["AWS:Team", "AWS:Team"], "Tag keys beginning with aws: are reserved for system use."],
    ] as const) {
      const clash = create({ UserName: "tags", Tags: Tags.map((Key) => ({ Key, Value: "x" })) });
      assert.deepEqual(await refused(clash), { code: "InvalidInput", message, status: 400 });
    }
    assert.deepEqual(
      await refused(create({ UserName: "tags", Tags: many(51) })),
      constraints(["tags", "Member must have length less than or equal to 50"]),
    );
    assert.deepEqual(await refused(get("tags")), noSuchUser("tags"));
    assert.equal((await create({ UserName: "tags", Tags: many(50) }))?.Tags?.length, 50);
  });

  test("refuses a boundary that is no policy", async () => {
    const missing = `arn:aws:iam::${testAccount}:policy/missing`;
    assert.deepEqual(await refused(create({ UserName: "eve", PermissionsBoundary: missing })), {
      code: "NoSuchEntity",
      message: `Scope ARN: ${missing} does not exist or is not attachable.`,
      status: 404,
    });
    const other = `arn:aws:iam::${testAccount}:not_a_policy/invalid`;
    assert.deepEqual(await refused(create({ UserName: "eve", PermissionsBoundary: other })), {
      code: "InvalidInput",
      message: `ARN ${other} is not valid.`,
      status: 400,
    });
    assert.deepEqual(await refused(get("eve")), noSuchUser("eve"));
  });

  test("who may create below one path may not elsewhere, and learns no name that is taken", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const sub = await userWithKey(h, "sub", allow("iam:CreateUser", `${arn}/team/*`));
    assert.equal((await create({ UserName: "new", Path: "/team/" }, sub.iam))?.Path, "/team/");
    for (const UserName of ["ann", "unheard-of"]) {
      assert.deepEqual(
        await refused(create({ UserName }, sub.iam)),
        accessDenied("sub", "iam:CreateUser", `${arn}/${UserName}`),
      );
    }
  });

  test("refuses one user more than the quota, until another is deleted", async () => {
    const { iam } = await harness({ quotas: { UsersPerAccount: 2 } });
    await create({ UserName: "one" }, iam);
    await create({ UserName: "two" }, iam);
    for (const UserName of ["three", "four"]) {
      assert.deepEqual(await refused(create({ UserName }, iam)), {
        code: "LimitExceeded",
        message: "Cannot exceed quota for UsersPerAccount: 2",
        status: 409,
      });
    }
    await iam.send(new DeleteUserCommand({ UserName: "one" }));
    await create({ UserName: "three" }, iam);
    const { Users } = await iam.send(new ListUsersCommand({}));
    assert.deepEqual(
      Users?.map((user) => user.UserName),
      ["three", "two"],
    );
  });

  test("of twenty at once for one name, exactly one succeeds", async () => {
    const { iam } = await harness();
    const names = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? "race" : "RACE"));
    const answers = await Promise.allSettled(names.map((UserName) => create({ UserName }, iam)));
    const made = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    assert.deepEqual((await iam.send(new ListUsersCommand({}))).Users, made);
    assert.equal(made.length, 1);
    for (const answer of answers) {
      if (answer.status === "rejected") assert.match(answer.reason.message, /^User with name race already exists\.$/i);
    }
  });
});
