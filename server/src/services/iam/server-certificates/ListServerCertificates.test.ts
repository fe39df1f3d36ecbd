import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListServerCertificatesCommand, paginateListServerCertificates } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { uploadServerCertificate } from "../../../../test/server-certificates.ts";

suite("ListServerCertificates", async () => {
  const h = await harness();
  const list = (PathPrefix?: string, Marker?: string, iam = h.iam) =>
    iam.send(new ListServerCertificatesCommand({ PathPrefix, Marker }));

  test("an account without any has an empty list", async () => {
    const { ServerCertificateMetadataList, IsTruncated } = await list();
    assert.deepEqual([ServerCertificateMetadataList, IsTruncated], [[], false]);
  });

  test("by name, as their uploads answered them, below a path, page by page", async () => {
    const uploaded = new Map();
    for (const [name, Path] of [
      ["c", "/"],
      ["B", "/probe/"],
      ["a", "/probe/deep/"],
    ] as const) {
      uploaded.set(name, (await uploadServerCertificate(h.iam, name, { Path })).ServerCertificateMetadata);
    }
    const of = (...names: string[]) => names.map((name) => uploaded.get(name));
    assert.deepEqual((await list()).ServerCertificateMetadataList, of("a", "B", "c"));
    assert.deepEqual((await list("/pro")).ServerCertificateMetadataList, of("a", "B"));
    assert.deepEqual((await list("/probe/deep/")).ServerCertificateMetadataList, of("a"));
    const pages = [];
    for await (const page of paginateListServerCertificates({ client: h.iam, pageSize: 2 }, {})) pages.push(page);
    assert.deepEqual(
      pages.map((page) => [page.IsTruncated, page.ServerCertificateMetadataList]),
      [
        [true, of("a", "B")],
        [false, of("c")],
      ],
    );
  });

  test("refuses a marker not its own, and who may not", async () => {
    assert.deepEqual(await refused(list("/", "invalid")), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
    const eve = await userWithKey(
      h,
      "eve",
      allow("iam:ListServerCertificates", "arn:aws:iam::*:server-certificate/probe/*"),
    );
    await list("/probe/", undefined, eve.iam);
    assert.equal((await refused(list("/", undefined, eve.iam))).code, "AccessDenied");
  });
});
