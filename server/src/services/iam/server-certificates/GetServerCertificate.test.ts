import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetServerCertificateCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { serverCertificate, uploadServerCertificate } from "../../../../test/server-certificates.ts";

suite("GetServerCertificate", async () => {
  const h = await harness();
  const get = async (ServerCertificateName: string, iam = h.iam) =>
    (await iam.send(new GetServerCertificateCommand({ ServerCertificateName }))).ServerCertificate;

  test("body and chain without the blanks at their ends, and tags even where there are none", async () => {
    const chain = `${serverCertificate("intermediate")}${serverCertificate("root")}`;
    const uploaded = await uploadServerCertificate(h.iam, "Server", { CertificateChain: chain });
    assert.deepEqual(await get("server"), {
      ServerCertificateMetadata: uploaded.ServerCertificateMetadata,
      CertificateBody: serverCertificate("leaf").trimEnd(),
      CertificateChain: chain.trimEnd(),
      Tags: [],
    });
  });

  test("no chain where none was uploaded", async () => {
    const Tags = [{ Key: "Team", Value: "one" }];
    await uploadServerCertificate(h.iam, "plain", { Tags });
    const found = await get("plain");
    assert.deepEqual([found?.CertificateChain, found?.Tags], [undefined, Tags]);
  });

  test("refuses one that is not there, and who may not", async () => {
    assert.deepEqual(await refused(get("nonexistent-certificate")), {
      code: "NoSuchEntity",
      message: "The Server Certificate with name nonexistent-certificate cannot be found.",
      status: 404,
    });
    const eve = await userWithKey(h, "eve", allow("iam:ListServerCertificates"));
    assert.equal((await refused(get("Server", eve.iam))).code, "AccessDenied");
  });
});
