import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteSigningCertificateCommand,
  DeleteUserCommand,
  ListSigningCertificatesCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../../../../test/certificates.ts";
import { harness, refused } from "../../../../test/harness.ts";

suite("DeleteSigningCertificate", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const upload = async (UserName: string, name: string) =>
    (await h.iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody: certificate(name) })))
      .Certificate;
  const remove = (UserName: string, CertificateId: string | undefined) =>
    h.iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId }));

  test("deletes one, keeps the other, and makes room for a third", async () => {
    const first = await upload("ann", "rsa-2048");
    const second = await upload("ann", "rsa-2048-b");
    await remove("ann", first?.CertificateId);
    const third = await upload("ann", "rsa-2048-c");
    const { Certificates } = await h.iam.send(new ListSigningCertificatesCommand({ UserName: "ann" }));
    assert.deepEqual(Certificates, [second, third]);
  });

  test("a user with certificates cannot be deleted until they are", async () => {
    const held = await upload("bob", "ec-p256");
    const drop = () => h.iam.send(new DeleteUserCommand({ UserName: "bob" }));
    assert.deepEqual(await refused(drop()), {
      code: "DeleteConflict",
      message: "Cannot delete entity, must delete certificates first.",
      status: 409,
    });
    await remove("bob", held?.CertificateId);
    await drop();
  });

  test("refuses an unknown certificate, another user's, and a user that is not there", async () => {
    const held = await upload("ann", "rsa-2048-b");
    await h.iam.send(new CreateUserCommand({ UserName: "eve" }));
    for (const [user, id] of [
      ["ann", "NONEXISTENTCERTID12345678901"],
      ["eve", held?.CertificateId],
    ] as const) {
      assert.deepEqual(await refused(remove(user, id)), {
        code: "NoSuchEntity",
        message: `The Certificate with id ${id} cannot be found.`,
        status: 404,
      });
    }
    assert.deepEqual(await refused(remove("nobody", held?.CertificateId)), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
  });
});
