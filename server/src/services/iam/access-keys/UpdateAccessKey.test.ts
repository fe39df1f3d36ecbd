import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  ListAccessKeysCommand,
  type StatusType,
  UpdateAccessKeyCommand,
  type UpdateAccessKeyCommandInput,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, noSuchUser } from "../../../../test/refusals.ts";

suite("UpdateAccessKey", async () => {
  const h = await harness();
  const arn = `arn:aws:iam::${testAccount}:user`;
  const ann = await userWithKey(h, "ann", allow("iam:UpdateAccessKey", `${arn}/ann`));
  const AccessKeyId = ann.credentials.accessKeyId;
  await h.iam.send(new CreateUserCommand({ UserName: "bob" }));
  const update = (input: Partial<UpdateAccessKeyCommandInput>, iam = h.iam) =>
    iam.send(new UpdateAccessKeyCommand({ UserName: "ann", AccessKeyId, Status: "Inactive", ...input }));
  const status = async () =>
    (await h.iam.send(new ListAccessKeysCommand({ UserName: "ann" }))).AccessKeyMetadata?.map((key) => key.Status);
  const unknownKey = (id: string) => ({
    code: "NoSuchEntity",
    message: `The Access Key with id ${id} cannot be found.`,
    status: 404,
  });

  test("an inactive key signs nothing, an active one does again; as often as asked", async () => {
    const whoAmI = () => ann.sts.send(new GetCallerIdentityCommand({}));
    await whoAmI();
    for (const Status of ["Inactive", "Inactive"] as const) {
      assert.deepEqual(Object.keys(await update({ UserName: "ANN", Status })), ["$metadata"]);
      assert.deepEqual(await status(), [Status]);
      assert.deepEqual(await refused(whoAmI()), {
        code: "InvalidClientTokenId",
        message: "The AWS access key provided does not exist in our records.",
        status: 403,
      });
    }
    for (const Status of ["Active", "Active"] as const) {
      await update({ Status });
      assert.deepEqual(await status(), [Status]);
      await whoAmI();
    }
  });

  test("a session outlives the key that asked for it", async () => {
    const { Credentials } = await ann.sts.send(new GetSessionTokenCommand({}));
    await update({});
    const session = h.as({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    });
    assert.equal((await session.sts.send(new GetCallerIdentityCommand({}))).Arn, `${arn}/ann`);
    await update({ Status: "Active" });
  });

  test("without a user name it is a key of the user who signed, or of root", async () => {
    const other = await h.iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
    await update({ UserName: undefined, AccessKeyId: other.AccessKey?.AccessKeyId }, ann.iam);
    assert.deepEqual((await status())?.toSorted(), ["Active", "Inactive"]);
    assert.deepEqual(await refused(update({ UserName: undefined })), unknownKey(AccessKeyId));
    const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({}));
    await update({ UserName: undefined, AccessKeyId: AccessKey?.AccessKeyId });
    const own = await h.iam.send(new ListAccessKeysCommand({}));
    assert.deepEqual(
      own.AccessKeyMetadata?.map((key) => [key.AccessKeyId, key.Status]).toSorted(),
      [
        [h.root.accessKeyId, "Active"],
        [AccessKey?.AccessKeyId, "Inactive"],
      ].toSorted(),
    );
  });

  test("refuses Expired, which is a state that is reported, and what is no status", async () => {
    assert.deepEqual(await refused(update({ Status: "Expired" })), {
      code: "InvalidInput",
      message: "Operation does not support status Expired",
      status: 400,
    });
    assert.deepEqual(
      await refused(update({ Status: "Sleeping" as StatusType })),
      constraints(["status", "Member must satisfy enum value set: [Active, Inactive, Expired]"]),
    );
    await ann.sts.send(new GetCallerIdentityCommand({}));
  });

  test("refuses a key that is not there, another user's, and a user that is not there", async () => {
    const absent = "AKIAIOSFODNN7EXAMPLE";
    assert.deepEqual(await refused(update({ AccessKeyId: absent })), unknownKey(absent));
    assert.deepEqual(await refused(update({ UserName: "bob" })), unknownKey(AccessKeyId));
    assert.deepEqual(await refused(update({ UserName: "nobody" })), noSuchUser("nobody"));
    assert.deepEqual(
      await refused(update({ AccessKeyId: "SHORT" })),
      constraints(["accessKeyId", "Member must have length greater than or equal to 16"]),
    );
  });

  test("who may change its own may change nobody else's, and learns neither names nor keys", async () => {
    for (const UserName of ["bob", "nobody"]) {
      assert.deepEqual(
        await refused(update({ UserName, AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }, ann.iam)),
        accessDenied("ann", "iam:UpdateAccessKey", `${arn}/${UserName}`),
      );
    }
  });
});
