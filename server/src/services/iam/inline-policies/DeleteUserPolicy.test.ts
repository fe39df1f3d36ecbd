import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { accessDenied, noSuchUser } from "../../../../test/refusals.ts";

suite("DeleteUserPolicy", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const put = (PolicyName: string, UserName = "ann") =>
    h.iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: document() }));
  const remove = (PolicyName: string, UserName = "ann", iam = h.iam) =>
    iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
  const names = async () => (await h.iam.send(new ListUserPoliciesCommand({ UserName: "ann" }))).PolicyNames;
  const absent = {
    code: "NoSuchEntity",
    message: "The user policy with name nothing cannot be found.",
    status: 404,
  };

  test("deletes one, by its name in any case, and keeps the others", async () => {
    for (const name of ["MixedName", "b", "c"]) await put(name);
    await remove("mixedNAME");
    assert.deepEqual(await names(), ["b", "c"]);
    await remove("b");
    assert.deepEqual(await names(), ["c"]);
  });

  test("what is deleted, is in force no longer", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:ListUsers"));
    const listUsers = () => bob.iam.send(new ListUsersCommand({}));
    assert.equal((await listUsers()).Users?.length, 2);
    await remove("inline", "bob");
    assert.deepEqual(
      await refused(listUsers()),
      accessDenied("bob", "iam:ListUsers", `arn:aws:iam::${testAccount}:user/`),
    );
  });

  test("a user with policies cannot be deleted until they are", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "carl" }));
    await put("one", "carl");
    const drop = () => h.iam.send(new DeleteUserCommand({ UserName: "carl" }));
    assert.deepEqual(await refused(drop()), {
      code: "DeleteConflict",
      message: "Cannot delete entity, must delete policies first.",
      status: 409,
    });
    await remove("one", "carl");
    await drop();
  });

  test("refuses a policy and a user that are not there, and a caller who may not", async () => {
    assert.deepEqual(await refused(remove("nothing")), absent);
    assert.deepEqual(await refused(remove("c", "nobody")), noSuchUser("nobody"));
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:DeleteUserPolicy", `${arn}/eve`));
    for (const name of ["c", "nothing"]) {
      assert.deepEqual(
        await refused(remove(name, "ann", eve.iam)),
        accessDenied("eve", "iam:DeleteUserPolicy", `${arn}/ann`),
      );
    }
    assert.deepEqual(await names(), ["c"]);
  });
});
