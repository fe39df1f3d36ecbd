import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  ListSSHPublicKeysCommand,
  type StatusType,
  UpdateSSHPublicKeyCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { sshKeys } from "../../../../test/ssh-keys.ts";

suite("UpdateSSHPublicKey", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const { SSHPublicKey } = await h.iam.send(
    new UploadSSHPublicKeyCommand({ UserName: "ann", SSHPublicKeyBody: sshKeys[0].line }),
  );
  const id = SSHPublicKey?.SSHPublicKeyId;
  const update = (Status: StatusType, UserName = "ann", SSHPublicKeyId = id) =>
    h.iam.send(new UpdateSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Status }));

  test("switches between Active and Inactive, as often as asked", async () => {
    for (const wanted of ["Inactive", "Inactive", "Active"] as const) {
      await update(wanted);
      const { SSHPublicKeys } = await h.iam.send(new ListSSHPublicKeysCommand({ UserName: "ann" }));
      assert.equal(SSHPublicKeys?.[0]?.Status, wanted);
    }
  });

  test("refuses Expired, an unknown key, another user's, and a user that is not there", async () => {
    assert.deepEqual(await refused(update("Expired")), {
      code: "InvalidInput",
      message: "Operation does not support status Expired",
      status: 400,
    });
    for (const [user, key, message] of [
      ["ann", "APKAXXXXXXXXXXXXXXXXX", "The Public Key with id APKAXXXXXXXXXXXXXXXXX cannot be found."],
      ["bob", id, `User has no Public Key with id ${id}.`],
      ["nobody", id, "The user with name nobody cannot be found."],
    ] as const) {
      assert.deepEqual(await refused(update("Inactive", user, key)), { code: "NoSuchEntity", message, status: 404 });
    }
  });
});
