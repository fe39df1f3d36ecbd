import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { suite, test } from "node:test";
import { CreateUserCommand, UploadSSHPublicKeyCommand } from "@aws-sdk/client-iam";
import { certificate } from "../../../../test/certificates.ts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { sshKeys } from "../../../../test/ssh-keys.ts";

suite("UploadSSHPublicKey", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob", "joe"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const upload = async (UserName: string, SSHPublicKeyBody: string, iam = h.iam) =>
    (await iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }))).SSHPublicKey;

  test("answers the key as it was sent, Active, with its fingerprint", async () => {
    const body = `${sshKeys[0].line} ann@example.com`;
    const key = await upload("ann", body);
    assert.match(key?.SSHPublicKeyId ?? "", /^APKA[A-Z2-7]{16}$/);
    assert.deepEqual(key, {
      UserName: "ann",
      SSHPublicKeyId: key?.SSHPublicKeyId,
      Fingerprint: sshKeys[0].fingerprint,
      SSHPublicKeyBody: body,
      Status: "Active",
      UploadDate: new Date(startOfTest),
    });
  });

  test("takes PEM, and gives it back with its last line feed", async () => {
    const key = await upload("ann", sshKeys[1].pem);
    assert.deepEqual([key?.SSHPublicKeyBody, key?.Fingerprint], [sshKeys[1].pem, sshKeys[1].fingerprint]);
  });

  test("refuses the same key again in whatever form, but another user may have it", async () => {
    for (const body of [sshKeys[0].line, `${sshKeys[0].line} other comment`, sshKeys[0].pem]) {
      assert.deepEqual(await refused(upload("ann", body)), {
        code: "DuplicateSSHPublicKey",
        message: "Duplicate SSH public key uploaded.",
        status: 400,
      });
    }
    await upload("bob", sshKeys[0].pem);
  });

  test("refuses a short key", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    assert.deepEqual(await refused(upload("ann", String(publicKey.export({ type: "spki", format: "pem" })))), {
      code: "InvalidPublicKey",
      message: "Invalid body for public key",
      status: 400,
    });
  });

  test("refuses what is no public key of SSH's", async () => {
    const { publicKey } = generateKeyPairSync("ed25519");
    for (const body of [
      "not a key",
      certificate("rsa-2048"),
      String(publicKey.export({ type: "spki", format: "pem" })),
      `ssh-ed25519 ${sshKeys[0].line.slice("ssh-rsa ".length)}`,
    ]) {
      assert.deepEqual(await refused(upload("ann", body)), {
        code: "UnrecognizedPublicKeyEncoding",
        message: "Invalid public key uploaded.",
        status: 400,
      });
    }
  });

  test("refuses a sixth", async () => {
    for (const key of sshKeys.slice(0, 5)) await upload("joe", key.line);
    assert.deepEqual(await refused(upload("joe", sshKeys[5].line)), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for SSHPublicKeysPerUser: 5",
      status: 409,
    });
  });

  test("refuses a user that is not there, and who may not", async () => {
    assert.deepEqual(await refused(upload("nobody", sshKeys[0].line)), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    const eve = await userWithKey(h, "eve", allow("iam:UploadSSHPublicKey", "arn:aws:iam::*:user/eve"));
    await upload("eve", sshKeys[0].line, eve.iam);
    assert.deepEqual(await refused(upload("bob", sshKeys[1].line, eve.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/eve is not authorized to perform: iam:UploadSSHPublicKey on resource: arn:aws:iam::${testAccount}:user/bob because no identity-based policy allows the iam:UploadSSHPublicKey action`,
      status: 403,
    });
  });
});
