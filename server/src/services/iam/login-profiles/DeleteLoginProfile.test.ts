import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  GetLoginProfileCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("DeleteLoginProfile", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const create = (UserName: string) => h.iam.send(new CreateLoginProfileCommand({ UserName, Password: "Tr0ub4dor" }));
  const remove = (UserName?: string, iam = h.iam) => iam.send(new DeleteLoginProfileCommand({ UserName }));
  const none = { code: "NoSuchEntity", message: "Login Profile for User ann cannot be found.", status: 404 };

  test("the profile is gone, and only then may the user go", async () => {
    await create("ann");
    const drop = () => h.iam.send(new DeleteUserCommand({ UserName: "ann" }));
    assert.deepEqual(await refused(drop()), {
      code: "DeleteConflict",
      message: "Cannot delete entity, must delete login profile first.",
      status: 409,
    });
    await remove("ann");
    assert.deepEqual(await refused(h.iam.send(new GetLoginProfileCommand({ UserName: "ann" }))), none);
    assert.deepEqual(await refused(remove("ann")), none);
    await drop();
  });

  test("without a name, the signer's own", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:DeleteLoginProfile"));
    await create("bob");
    await remove(undefined, bob.iam);
    assert.equal((await refused(remove("bob"))).code, "NoSuchEntity");
  });

  test("refuses a user that is not there, and who may not", async () => {
    assert.deepEqual(await refused(remove("nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    const eve = await userWithKey(h, "eve", allow("iam:GetLoginProfile"));
    assert.equal((await refused(remove("eve", eve.iam))).code, "AccessDenied");
  });
});
