import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  ListSigningCertificatesCommand,
  type StatusType,
  UpdateSigningCertificateCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../../../../test/certificates.ts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";

suite("UpdateSigningCertificate", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  await h.iam.send(new CreateUserCommand({ UserName: "bob" }));
  const { Certificate } = await h.iam.send(
    new UploadSigningCertificateCommand({ UserName: "ann", CertificateBody: certificate("rsa-2048") }),
  );
  const CertificateId = Certificate?.CertificateId;
  const update = (Status: StatusType, UserName = "ann", id = CertificateId, iam = h.iam) =>
    iam.send(new UpdateSigningCertificateCommand({ UserName, CertificateId: id, Status }));
  const status = async () =>
    (await h.iam.send(new ListSigningCertificatesCommand({ UserName: "ann" }))).Certificates?.[0]?.Status;

  test("switches between Active and Inactive, as often as asked", async () => {
    for (const wanted of ["Inactive", "Inactive", "Active", "Active"] as const) {
      await update(wanted);
      assert.equal(await status(), wanted);
    }
  });

  test("refuses Expired: a state that is reported, not one that is set", async () => {
    assert.deepEqual(await refused(update("Expired")), {
      code: "InvalidInput",
      message: "Operation does not support status Expired",
      status: 400,
    });
    assert.equal(await status(), "Active");
  });

  test("refuses what is no status, and names the ones there are", async () => {
    assert.deepEqual(await refused(update("Sleeping" as StatusType)), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]",
      status: 400,
    });
  });

  test("refuses an unknown certificate, another user's and an id too short", async () => {
    const unknown = "NONEXISTENTCERTID12345678901";
    assert.deepEqual(await refused(update("Inactive", "ann", unknown)), {
      code: "NoSuchEntity",
      message: `The Certificate with id ${unknown} cannot be found.`,
      status: 404,
    });
    assert.deepEqual(await refused(update("Inactive", "bob")), {
      code: "NoSuchEntity",
      message: `The Certificate with id ${CertificateId} cannot be found.`,
      status: 404,
    });
    assert.deepEqual(await refused(update("Inactive", "ann", "SHORT")), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'certificateId' failed to satisfy constraint: Member must have length greater than or equal to 24",
      status: 400,
    });
    assert.equal(await status(), "Active");
  });

  test("refuses a user that is not there and a caller who may not", async () => {
    assert.deepEqual(await refused(update("Inactive", "nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    const eve = await userWithKey(h, "eve", allow("iam:ListSigningCertificates"));
    assert.deepEqual(await refused(update("Inactive", "ann", CertificateId, eve.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/eve is not authorized to perform: iam:UpdateSigningCertificate on resource: arn:aws:iam::${testAccount}:user/ann because no identity-based policy allows the iam:UpdateSigningCertificate action`,
      status: 403,
    });
  });
});
