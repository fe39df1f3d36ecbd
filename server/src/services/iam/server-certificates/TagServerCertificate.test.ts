import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListServerCertificateTagsCommand, TagServerCertificateCommand } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { uploadServerCertificate } from "../../../../test/server-certificates.ts";

suite("TagServerCertificate", async () => {
  const h = await harness();
  await uploadServerCertificate(h.iam, "Server");
  const tag = (tags: Record<string, string>, ServerCertificateName = "server") =>
    h.iam.send(
      new TagServerCertificateCommand({
        ServerCertificateName,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );

  test("adds and overwrites; keys differ by case", async () => {
    await tag({ Team: "one", team: "two" });
    await tag({ Team: "retagged" });
    const { Tags } = await h.iam.send(new ListServerCertificateTagsCommand({ ServerCertificateName: "server" }));
    assert.deepEqual(Tags, [
      { Key: "Team", Value: "retagged" },
      { Key: "team", Value: "two" },
    ]);
  });

  test("refuses no tags, reserved keys, the fifty-first, and a certificate that is not there", async () => {
    assert.deepEqual(await refused(tag({})), {
      code: "InvalidInput",
      message: "The provided tag map must not be null/empty.",
      status: 400,
    });
    assert.deepEqual(await refused(tag({ "AWS:x": "" })), {
      code: "InvalidInput",
      message: "Tag keys beginning with aws: are reserved for system use.",
      status: 400,
    });
    const many = Object.fromEntries(Array.from({ length: 49 }, (_, number) => [`key-${number}`, ""]));
    assert.deepEqual(await refused(tag(many)), {
      code: "LimitExceeded",
      message: "The number of tags has reached the maximum limit.",
      status: 409,
    });
    assert.deepEqual(await refused(tag({ a: "" }, "none")), {
      code: "NoSuchEntity",
      message: "The Server Certificate with name none cannot be found.",
      status: 404,
    });
  });
});
