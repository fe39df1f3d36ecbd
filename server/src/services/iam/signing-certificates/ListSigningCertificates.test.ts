import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteSigningCertificateCommand,
  ListSigningCertificatesCommand,
  paginateListSigningCertificates,
  UpdateSigningCertificateCommand,
  UpdateUserCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../../../../test/certificates.ts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";

suite("ListSigningCertificates", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann", Path: "/a/" }));
  const list = (input: { UserName?: string; Marker?: string; MaxItems?: number }, iam = h.iam) =>
    iam.send(new ListSigningCertificatesCommand(input));

  test("an owner without certificates has an empty list", async () => {
    const { Certificates, IsTruncated, Marker } = await list({ UserName: "ann" });
    assert.deepEqual(
      { Certificates, IsTruncated, Marker },
      { Certificates: [], IsTruncated: false, Marker: undefined },
    );
  });

  test("lists in the order of upload, page by page", async () => {
    const bodies = [certificate("rsa-2048-b"), certificate("rsa-2048")];
    for (const CertificateBody of bodies) {
      await h.iam.send(new UploadSigningCertificateCommand({ UserName: "ann", CertificateBody }));
    }
    const pages = [];
    for await (const page of paginateListSigningCertificates({ client: h.iam, pageSize: 1 }, { UserName: "ann" })) {
      pages.push(page);
    }
    assert.deepEqual(
      pages.map((page) => [page.IsTruncated, page.Certificates?.map((item) => item.CertificateBody)]),
      [
        [true, [bodies[0]]],
        [false, [bodies[1]]],
      ],
    );
    assert.equal(pages[1]?.Marker, undefined);
  });

  test("a renamed user keeps its certificates, which show the new name", async () => {
    const before = (await list({ UserName: "ann" })).Certificates;
    await h.iam.send(new UpdateUserCommand({ UserName: "ann", NewUserName: "Anna" }));
    assert.deepEqual(
      (await list({ UserName: "anna" })).Certificates,
      before?.map((item) => ({ ...item, UserName: "Anna" })),
    );
    await h.iam.send(new UpdateUserCommand({ UserName: "Anna", NewUserName: "ann" }));
  });

  test("a certificate past its end is listed as Expired, whatever its caller set", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "eve" }));
    const { Certificate } = await h.iam.send(
      new UploadSigningCertificateCommand({ UserName: "eve", CertificateBody: certificate("expires-2026-07") }),
    );
    const status = async () => (await list({ UserName: "eve" })).Certificates?.map((item) => item.Status);
    assert.deepEqual(await status(), ["Active"]);
    h.clock.set(Date.UTC(2026, 6, 1));
    assert.deepEqual(await status(), ["Active"], "valid through its last second (RFC 5280, 4.1.2.5)");
    h.clock.set(Date.UTC(2026, 6, 1, 0, 0, 1));
    assert.deepEqual(await status(), ["Expired"]);
    const CertificateId = Certificate?.CertificateId;
    await h.iam.send(new UpdateSigningCertificateCommand({ UserName: "eve", CertificateId, Status: "Inactive" }));
    assert.deepEqual(await status(), ["Expired"]);
    await h.iam.send(new DeleteSigningCertificateCommand({ UserName: "eve", CertificateId }));
    assert.deepEqual(await status(), []);
    h.clock.set(startOfTest);
  });

  test("without a user name, the signer's own", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:*SigningCertificate*"));
    await bob.iam.send(new UploadSigningCertificateCommand({ CertificateBody: certificate("ec-p256") }));
    assert.deepEqual(
      (await list({}, bob.iam)).Certificates?.map((item) => item.UserName),
      ["bob"],
    );
    assert.deepEqual((await list({})).Certificates, []);
    await h.iam.send(new UploadSigningCertificateCommand({ CertificateBody: certificate("ec-p384") }));
    assert.deepEqual(
      (await list({})).Certificates?.map((item) => [item.UserName, item.CertificateBody]),
      [[testAccount, certificate("ec-p384")]],
    );
  });

  test("refuses a user that is not there, a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(list({ UserName: "nobody" })), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(list({ UserName: "ann", Marker: "invalid" })), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
    assert.deepEqual(await refused(list({ UserName: "ann", MaxItems: 1001 })), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
      status: 400,
    });
  });
});
