import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteServerCertificateCommand, ListServerCertificatesCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { uploadServerCertificate } from "../../../../test/server-certificates.ts";

suite("DeleteServerCertificate", async () => {
  const h = await harness({ quotas: { ServerCertificatesPerAccount: 1 } });
  const remove = (ServerCertificateName: string, iam = h.iam) =>
    iam.send(new DeleteServerCertificateCommand({ ServerCertificateName }));

  test("a certificate is gone, and makes room for another", async () => {
    await uploadServerCertificate(h.iam, "Server");
    await remove("SERVER");
    await uploadServerCertificate(h.iam, "other");
    const { ServerCertificateMetadataList } = await h.iam.send(new ListServerCertificatesCommand({}));
    assert.deepEqual(
      ServerCertificateMetadataList?.map((found) => found.ServerCertificateName),
      ["other"],
    );
  });

  test("refuses one that is not there, and who may not", async () => {
    assert.deepEqual(await refused(remove("nonexistent-certificate")), {
      code: "NoSuchEntity",
      message: "The Server Certificate with name nonexistent-certificate cannot be found.",
      status: 404,
    });
    const eve = await userWithKey(h, "eve", allow("iam:GetServerCertificate"));
    assert.equal((await refused(remove("other", eve.iam))).code, "AccessDenied");
  });
});
