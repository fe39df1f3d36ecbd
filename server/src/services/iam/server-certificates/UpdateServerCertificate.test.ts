import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetServerCertificateCommand, UpdateServerCertificateCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { uploadServerCertificate } from "../../../../test/server-certificates.ts";

suite("UpdateServerCertificate", async () => {
  const h = await harness();
  const update = (ServerCertificateName: string, NewServerCertificateName?: string, NewPath?: string, iam = h.iam) =>
    iam.send(new UpdateServerCertificateCommand({ ServerCertificateName, NewServerCertificateName, NewPath }));
  const get = async (ServerCertificateName: string) =>
    (await h.iam.send(new GetServerCertificateCommand({ ServerCertificateName }))).ServerCertificate;

  test("a new name, a new path, or both: id and tags stay", async () => {
    const Tags = [{ Key: "Team", Value: "one" }];
    const { ServerCertificateMetadata: before } = await uploadServerCertificate(h.iam, "one", { Tags, Path: "/a/" });
    await update("one", "two");
    await update("two", undefined, "/b/");
    const arn = (name: string) => `arn:aws:iam::${testAccount}:server-certificate/b/${name}`;
    const moved = { ...before, Path: "/b/", ServerCertificateName: "two", Arn: arn("two") };
    assert.deepEqual([(await get("two"))?.ServerCertificateMetadata, (await get("two"))?.Tags], [moved, Tags]);
    await update("two", "TWO");
    assert.equal((await get("two"))?.ServerCertificateMetadata?.Arn, arn("TWO"));
    await update("two");
    assert.deepEqual((await get("two"))?.Tags, Tags);
    assert.deepEqual(await refused(get("one")), {
      code: "NoSuchEntity",
      message: "The Server Certificate with name one cannot be found.",
      status: 404,
    });
  });

  test("refuses a name that is taken, and a certificate that is not there", async () => {
    await uploadServerCertificate(h.iam, "a");
    await uploadServerCertificate(h.iam, "b");
    assert.deepEqual(await refused(update("a", "B")), {
      code: "EntityAlreadyExists",
      message: "The Server Certificate with name B already exists.",
      status: 409,
    });
    assert.deepEqual(await refused(update("none", "c")), {
      code: "NoSuchEntity",
      message: "The Server Certificate with name none cannot be found.",
      status: 404,
    });
  });

  test("needs permission on both names", async () => {
    const arn = (name: string) => `arn:aws:iam::${testAccount}:server-certificate/${name}`;
    const eve = await userWithKey(h, "eve", allow("iam:UpdateServerCertificate", arn("a")));
    assert.deepEqual(await refused(update("a", "c", undefined, eve.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/eve is not authorized to perform: iam:UpdateServerCertificate on resource: ${arn("c")} because no identity-based policy allows the iam:UpdateServerCertificate action`,
      status: 403,
    });
    await update("a", "a", undefined, eve.iam);
  });
});
