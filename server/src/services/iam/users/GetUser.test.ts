import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateAccountAliasCommand,
  CreateUserCommand,
  DeleteAccountAliasCommand,
  GetUserCommand,
} from "@aws-sdk/client-iam";
import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidUserName, noSuchUser } from "../../../../test/refusals.ts";

suite("GetUser", async () => {
  const h = await harness();
  const get = async (UserName?: string, iam = h.iam) => (await iam.send(new GetUserCommand({ UserName }))).User;
  const { User } = await h.iam.send(new CreateUserCommand({ UserName: "Ann", Path: "/a/" }));

  test("finds a user whatever the case of the name, and shows it as it was given", async () => {
    for (const name of ["Ann", "ann", "ANN"]) assert.deepEqual(await get(name), User);
  });

  test("without a name it is the user who signed", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:GetUser", `arn:aws:iam::${testAccount}:user/bob`));
    const user = await get(undefined, bob.iam);
    assert.equal(user?.Arn, `arn:aws:iam::${testAccount}:user/bob`);
    assert.deepEqual(user, await get("bob"));
  });

  test("without a name and signed by root it is the account, which has a name if it has an alias", async () => {
    const root = {
      UserId: testAccount,
      Arn: `arn:aws:iam::${testAccount}:root`,
      CreateDate: new Date(startOfTest),
    };
    assert.deepEqual(await get(), root);
    await h.iam.send(new CreateAccountAliasCommand({ AccountAlias: "the-company" }));
    assert.deepEqual(await get(), { ...root, UserName: "the-company" });
    assert.deepEqual(await refused(get("the-company")), noSuchUser("the-company"));
    await h.iam.send(new DeleteAccountAliasCommand({ AccountAlias: "the-company" }));
  });

  test("refuses an unknown name and one that no user could have", async () => {
    assert.deepEqual(await refused(get("nobody")), noSuchUser("nobody"));
    assert.deepEqual(await refused(get("a b")), invalidUserName);
    assert.deepEqual(
      await refused(get("a".repeat(129))),
      constraints(["userName", "Member must have length less than or equal to 128"]),
    );
    assert.deepEqual(await refused(get("a".repeat(128))), noSuchUser("a".repeat(128)));
  });

  test("who may look at one user learns of no other, by the user's own path and name", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:GetUser", `${arn}/a/Ann`));
    assert.deepEqual(await get("ANN", eve.iam), User);
    for (const name of ["bob", "nobody"]) {
      assert.deepEqual(await refused(get(name, eve.iam)), accessDenied("eve", "iam:GetUser", `${arn}/${name}`));
    }
    assert.deepEqual(await refused(get(undefined, eve.iam)), accessDenied("eve", "iam:GetUser", `${arn}/eve`));
  });

  test("answers no session without MFA, as nothing of IAM does", async () => {
    const { Credentials } = await h.sts.send(new GetSessionTokenCommand({}));
    const session = h.as({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    });
    assert.deepEqual(await refused(get("Ann", session.iam)), {
      code: "InvalidClientTokenId",
      message: "The security token included in the request is invalid",
      status: 403,
    });
  });
});
