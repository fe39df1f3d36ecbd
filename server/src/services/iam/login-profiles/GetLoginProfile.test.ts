import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetLoginProfileCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";

suite("GetLoginProfile", async () => {
  const h = await harness();
  const bob = await userWithKey(h, "bob", allow("iam:GetLoginProfile", "arn:aws:iam::*:user/bob"));
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const get = async (UserName?: string, iam = h.iam) =>
    (await iam.send(new GetLoginProfileCommand({ UserName }))).LoginProfile;

  test("a user's, under its present name", async () => {
    await h.iam.send(new CreateLoginProfileCommand({ UserName: "ann", Password: "Tr0ub4dor" }));
    await h.iam.send(new UpdateUserCommand({ UserName: "ann", NewUserName: "Anna" }));
    assert.deepEqual(await get("anna"), {
      UserName: "Anna",
      CreateDate: new Date(startOfTest),
      PasswordResetRequired: false,
    });
  });

  test("without a name, the signer's own", async () => {
    await h.iam.send(new CreateLoginProfileCommand({ UserName: "bob", Password: "Tr0ub4dor" }));
    assert.equal((await get(undefined, bob.iam))?.UserName, "bob");
  });

  test("refuses a user without one, a user that is not there, and who may not", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "eve" }));
    assert.deepEqual(await refused(get("EVE")), {
      code: "NoSuchEntity",
      message: "Login Profile for User eve cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(get("nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    assert.equal((await refused(get("eve", bob.iam))).code, "AccessDenied");
  });
});
