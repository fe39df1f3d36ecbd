import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  type EncodingType,
  GetSSHPublicKeyCommand,
  UpdateUserCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { sshKeys } from "../../../../test/ssh-keys.ts";

suite("GetSSHPublicKey", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const upload = async (SSHPublicKeyBody: string) =>
    (await h.iam.send(new UploadSSHPublicKeyCommand({ UserName: "ann", SSHPublicKeyBody }))).SSHPublicKey;
  const get = async (SSHPublicKeyId: string | undefined, Encoding: EncodingType = "SSH", UserName = "ann") =>
    (await h.iam.send(new GetSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Encoding }))).SSHPublicKey;
  const key = await upload(`${sshKeys[0].line} ann@example.com`);

  test("in either form, whichever was uploaded; a comment is gone", async () => {
    assert.deepEqual(await get(key?.SSHPublicKeyId), { ...key, SSHPublicKeyBody: sshKeys[0].line });
    assert.deepEqual(await get(key?.SSHPublicKeyId, "PEM"), { ...key, SSHPublicKeyBody: sshKeys[0].pem });
    const other = await upload(sshKeys[1].pem);
    assert.equal((await get(other?.SSHPublicKeyId))?.SSHPublicKeyBody, sshKeys[1].line);
  });

  test("a renamed user keeps its keys", async () => {
    await h.iam.send(new UpdateUserCommand({ UserName: "ann", NewUserName: "anna" }));
    assert.equal((await get(key?.SSHPublicKeyId, "SSH", "anna"))?.UserName, "anna");
    await h.iam.send(new UpdateUserCommand({ UserName: "anna", NewUserName: "ann" }));
  });

  test("refuses an unknown key, another user's, a user that is not there, and a form there is not", async () => {
    assert.deepEqual(await refused(get("APKAXXXXXXXXXXXXXXXXX")), {
      code: "NoSuchEntity",
      message: "The Public Key with id APKAXXXXXXXXXXXXXXXXX cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(get(key?.SSHPublicKeyId, "SSH", "bob")), {
      code: "NoSuchEntity",
      message: `User has no Public Key with id ${key?.SSHPublicKeyId}.`,
      status: 404,
    });
    assert.deepEqual(await refused(get(key?.SSHPublicKeyId, "SSH", "nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(get(key?.SSHPublicKeyId, "ssh" as EncodingType)), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'encoding' failed to satisfy constraint: Member must satisfy enum value set: [SSH, PEM]",
      status: 400,
    });
  });
});
