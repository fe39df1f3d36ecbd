import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteLoginProfileCommand,
  GetLoginProfileCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";

suite("CreateLoginProfile", async () => {
  const h = await harness();
  let names = 0;
  const newUser = async () => {
    const UserName = `user-${names++}`;
    await h.iam.send(new CreateUserCommand({ UserName }));
    return UserName;
  };
  const create = async (
    UserName: string | undefined,
    Password: string | undefined = "Tr0ub4dor",
    PasswordResetRequired?: boolean,
    iam = h.iam,
  ) => (await iam.send(new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired }))).LoginProfile;
  const violation = (message: string) => ({ code: "PasswordPolicyViolation", message, status: 400 });

  test("answers whose it is, since when, and whether the password must be changed", async () => {
    const UserName = await newUser();
    const CreateDate = new Date(startOfTest);
    assert.deepEqual(await create(UserName), { UserName, CreateDate, PasswordResetRequired: false });
    const other = await newUser();
    const made = await create(other.toUpperCase(), "Tr0ub4dor", true);
    assert.deepEqual(made, { UserName: other, CreateDate, PasswordResetRequired: true });
    const { LoginProfile } = await h.iam.send(new GetLoginProfileCommand({ UserName: other }));
    assert.deepEqual(LoginProfile, made);
  });

  test("refuses a second one, until the first is deleted", async () => {
    const UserName = await newUser();
    await create(UserName);
    assert.deepEqual(await refused(create(UserName)), {
      code: "EntityAlreadyExists",
      message: `Login Profile for user ${UserName} already exists.`,
      status: 409,
    });
    await h.iam.send(new DeleteLoginProfileCommand({ UserName }));
    await create(UserName);
  });

  test("of two at once, one is made", async () => {
    const UserName = await newUser();
    const outcomes = await Promise.allSettled([create(UserName), create(UserName, "another-One1")]);
    assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  });

  test("without a policy: eight characters, of three kinds", async () => {
    const user = await newUser();
    assert.deepEqual(await refused(create(user, "Abc123!")), violation("Password should have a minimum length of 8"));
    assert.deepEqual(
      await refused(create(user, "abcdefgh1")),
      violation(
        "Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol",
      ),
    );
    assert.deepEqual(
      await refused(create(user, "12345678")),
      violation(
        "Password should meet 2 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one lowercase letter, Password should have at least one symbol",
      ),
    );
    await create(user, "abcdefg1|");
  });

  test("with a policy: what it requires, and no more", async () => {
    const user = await newUser();
    await h.iam.send(
      new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 10, RequireSymbols: true, RequireNumbers: true }),
    );
    assert.deepEqual(
      await refused(create(user, "abc")),
      violation(
        "Password should have a minimum length of 10, Password should have at least one number, Password should have at least one symbol",
      ),
    );
    assert.deepEqual(
      await refused(create(user, "abcdefghi1 ?")),
      violation("Password should have at least one symbol"),
    );
    await create(user, "abcdefgh1'");
    await h.iam.send(
      new UpdateAccountPasswordPolicyCommand({ RequireUppercaseCharacters: true, RequireLowercaseCharacters: true }),
    );
    const other = await newUser();
    assert.deepEqual(
      await refused(create(other, "ÄÖÜäöü")),
      violation(
        "Password should have at least one uppercase letter, Password should have at least one lowercase letter",
      ),
    );
    await create(other, "abcdeF");
    await h.iam.send(new DeleteAccountPasswordPolicyCommand({}));
  });

  test("refuses a user that is not there, no password, and no name from root", async () => {
    assert.deepEqual(await refused(create("nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    const without = h.iam.send(new CreateLoginProfileCommand({ UserName: await newUser() }));
    assert.deepEqual(await refused(without), {
      code: "ValidationError",
      message: "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
      status: 400,
    });
    assert.deepEqual(await refused(create(undefined)), {
      code: "ValidationError",
      message: "Must specify userName when calling with non-User credentials",
      status: 400,
    });
  });

  test("without a name, the signer's own; refuses who may not", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:CreateLoginProfile", `arn:aws:iam::${testAccount}:user/bob`));
    assert.equal((await create(undefined, "Tr0ub4dor", false, bob.iam))?.UserName, "bob");
    const ann = await newUser();
    assert.deepEqual(await refused(create(ann, "Tr0ub4dor", false, bob.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/bob is not authorized to perform: iam:CreateLoginProfile on resource: arn:aws:iam::${testAccount}:user/${ann} because no identity-based policy allows the iam:CreateLoginProfile action`,
      status: 403,
    });
  });
});
