import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListServerCertificateTagsCommand, UntagServerCertificateCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { uploadServerCertificate } from "../../../../test/server-certificates.ts";

suite("UntagServerCertificate", async () => {
  const h = await harness();
  const Tags = ["Team", "team", "x"].map((Key) => ({ Key, Value: "" }));
  await uploadServerCertificate(h.iam, "server", { Tags });
  const untag = (TagKeys: string[], ServerCertificateName = "server") =>
    h.iam.send(new UntagServerCertificateCommand({ ServerCertificateName, TagKeys }));

  test("removes by key, case and all", async () => {
    await untag(["Team", "X"]);
    const left = await h.iam.send(new ListServerCertificateTagsCommand({ ServerCertificateName: "server" }));
    assert.deepEqual(
      left.Tags?.map(({ Key }) => Key),
      ["x", "team"],
    );
  });

  test("refuses no keys, and a certificate that is not there", async () => {
    assert.deepEqual(await refused(untag([])), {
      code: "InvalidInput",
      message: "The provided tag keys must not be null/empty.",
      status: 400,
    });
    assert.deepEqual(await refused(untag(["x"], "none")), {
      code: "NoSuchEntity",
      message: "The Server Certificate with name none cannot be found.",
      status: 404,
    });
  });
});
