import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  ListSSHPublicKeysCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { sshKeys } from "../../../../test/ssh-keys.ts";

suite("DeleteSSHPublicKey", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const { SSHPublicKey } = await h.iam.send(
    new UploadSSHPublicKeyCommand({ UserName: "ann", SSHPublicKeyBody: sshKeys[0].line }),
  );
  const id = SSHPublicKey?.SSHPublicKeyId;
  const remove = (UserName: string, SSHPublicKeyId = id) =>
    h.iam.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }));

  test("refuses an unknown key, another user's, and a user that is not there", async () => {
    for (const [user, key, message] of [
      ["ann", "APKAXXXXXXXXXXXXXXXXX", "The Public Key with id APKAXXXXXXXXXXXXXXXXX cannot be found."],
      ["bob", id, `User has no Public Key with id ${id}.`],
      ["nobody", id, "The user with name nobody cannot be found."],
    ] as const) {
      assert.deepEqual(await refused(remove(user, key)), { code: "NoSuchEntity", message, status: 404 });
    }
  });

  test("the key is gone, and only then may the user go", async () => {
    const drop = () => h.iam.send(new DeleteUserCommand({ UserName: "ann" }));
    assert.deepEqual(await refused(drop()), {
      code: "DeleteConflict",
      message: "Cannot delete entity, must remove referenced objects first.",
      status: 409,
    });
    await remove("ann");
    assert.deepEqual((await h.iam.send(new ListSSHPublicKeysCommand({ UserName: "ann" }))).SSHPublicKeys, []);
    await drop();
  });
});
