import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateAccessKeyCommand, DeleteAccessKeyCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, noSuchUser } from "../../../../test/refusals.ts";

suite("DeleteAccessKey", async () => {
  const h = await harness();
  const arn = `arn:aws:iam::${testAccount}:user`;
  const remove = (UserName: string | undefined, AccessKeyId: string | undefined, iam = h.iam) =>
    iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
  const unknownKey = (id: string) => ({
    code: "NoSuchEntity",
    message: `The Access Key with id ${id} cannot be found.`,
    status: 404,
  });
  const unknownSigner = {
    code: "InvalidClientTokenId",
    message: "The security token included in the request is invalid.",
    status: 403,
  };

  test("a deleted key signs nothing, at once, and is gone for good", async () => {
    const ann = await userWithKey(h, "ann");
    const whoAmI = () => ann.sts.send(new GetCallerIdentityCommand({}));
    await whoAmI();
    const { accessKeyId } = ann.credentials;
    assert.deepEqual(Object.keys(await remove("ANN", accessKeyId)), ["$metadata"]);
    assert.deepEqual(await refused(whoAmI()), unknownSigner);
    const { AccessKeyMetadata } = await h.iam.send(new ListAccessKeysCommand({ UserName: "ann" }));
    assert.deepEqual(AccessKeyMetadata, []);
    assert.deepEqual(await refused(remove("ann", accessKeyId)), unknownKey(accessKeyId));
  });

  test("without a user name it is a key of the user who signed, even the one that signs", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:DeleteAccessKey", `${arn}/bob`));
    await remove(undefined, bob.credentials.accessKeyId, bob.iam);
    assert.deepEqual(await refused(remove(undefined, bob.credentials.accessKeyId, bob.iam)), unknownSigner);
  });

  test("without a user name and signed by root it is root's", async () => {
    const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({}));
    await remove(undefined, AccessKey?.AccessKeyId);
    const { AccessKeyMetadata } = await h.iam.send(new ListAccessKeysCommand({}));
    assert.deepEqual(
      AccessKeyMetadata?.map((key) => key.AccessKeyId),
      [h.root.accessKeyId],
    );
  });

  test("refuses a key that is not there, another owner's, and a user that is not there", async () => {
    const carl = await userWithKey(h, "carl");
    await userWithKey(h, "dora");
    const { accessKeyId } = carl.credentials;
    const absent = "AKIAIOSFODNN7EXAMPLE";
    assert.deepEqual(await refused(remove("carl", absent)), unknownKey(absent));
    assert.deepEqual(await refused(remove("dora", accessKeyId)), unknownKey(accessKeyId));
    assert.deepEqual(await refused(remove(undefined, accessKeyId)), unknownKey(accessKeyId));
    assert.deepEqual(await refused(remove("carl", h.root.accessKeyId)), unknownKey(h.root.accessKeyId));
    assert.deepEqual(await refused(remove("nobody", accessKeyId)), noSuchUser("nobody"));
    await carl.sts.send(new GetCallerIdentityCommand({}));
  });

  test("who may delete its own may delete nobody else's, and learns neither names nor keys", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:DeleteAccessKey", `${arn}/eve`));
    for (const name of ["carl", "nobody"]) {
      assert.deepEqual(
        await refused(remove(name, "AKIAIOSFODNN7EXAMPLE", eve.iam)),
        accessDenied("eve", "iam:DeleteAccessKey", `${arn}/${name}`),
      );
    }
  });
});
