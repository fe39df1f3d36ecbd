import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListServerCertificateTagsCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { uploadServerCertificate } from "../../../../test/server-certificates.ts";

suite("ListServerCertificateTags", async () => {
  const h = await harness();
  const Tags = ["b", "a", "c"].map((Key) => ({ Key, Value: Key }));
  await uploadServerCertificate(h.iam, "tagged", { Tags });
  await uploadServerCertificate(h.iam, "plain");
  const list = (ServerCertificateName: string, input: { Marker?: string; MaxItems?: number } = {}) =>
    h.iam.send(new ListServerCertificateTagsCommand({ ServerCertificateName, ...input }));

  test("page by page, or none", async () => {
    assert.deepEqual((await list("plain")).Tags, []);
    const first = await list("tagged", { MaxItems: 2 });
    const second = await list("tagged", { Marker: first.Marker ?? "" });
    assert.deepEqual(
      [first, second].map((page) => [page.IsTruncated, page.Tags?.map(({ Key }) => Key)]),
      [
        [true, ["a", "b"]],
        [false, ["c"]],
      ],
    );
  });

  test("refuses a certificate that is not there and a marker not its own", async () => {
    assert.deepEqual(await refused(list("none")), {
      code: "NoSuchEntity",
      message: "The Server Certificate with name none cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(list("tagged", { Marker: "invalid" })), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
  });
});
