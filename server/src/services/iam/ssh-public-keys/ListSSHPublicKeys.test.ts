import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListSSHPublicKeysCommand, paginateListSSHPublicKeys, UploadSSHPublicKeyCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { sshKeys } from "../../../../test/ssh-keys.ts";

suite("ListSSHPublicKeys", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", allow("iam:ListSSHPublicKeys", "arn:aws:iam::*:user/ann"));
  const list = (UserName?: string, Marker?: string, iam = h.iam) =>
    iam.send(new ListSSHPublicKeysCommand({ UserName, Marker }));

  test("none, then in the order of upload, page by page, without bodies", async () => {
    assert.deepEqual((await list("ann")).SSHPublicKeys, []);
    const uploaded = [];
    for (const { line } of sshKeys.slice(0, 3)) {
      const { SSHPublicKey } = await h.iam.send(
        new UploadSSHPublicKeyCommand({ UserName: "ann", SSHPublicKeyBody: line }),
      );
      const { SSHPublicKeyBody: _, Fingerprint: __, ...metadata } = SSHPublicKey ?? {};
      uploaded.push(metadata);
    }
    const pages = [];
    for await (const page of paginateListSSHPublicKeys({ client: h.iam, pageSize: 2 }, { UserName: "ann" }))
      pages.push(page);
    assert.deepEqual(
      pages.map((page) => [page.IsTruncated, page.SSHPublicKeys]),
      [
        [true, uploaded.slice(0, 2)],
        [false, uploaded.slice(2)],
      ],
    );
    assert.deepEqual((await list(undefined, undefined, ann.iam)).SSHPublicKeys, uploaded, "the signer's own");
  });

  test("refuses a user that is not there, none from root, a marker not its own, and who may not", async () => {
    assert.deepEqual(await refused(list("nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(list()), {
      code: "ValidationError",
      message: "Must specify userName when calling with non-User credentials",
      status: 400,
    });
    assert.deepEqual(await refused(list("ann", "invalid")), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
    await userWithKey(h, "bob");
    assert.equal((await refused(list("bob", undefined, ann.iam))).code, "AccessDenied");
  });
});
