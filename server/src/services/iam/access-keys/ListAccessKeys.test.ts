import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  ListAccessKeysCommand,
  type ListAccessKeysCommandInput,
  paginateListAccessKeys,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidMarker, noSuchUser } from "../../../../test/refusals.ts";

suite("ListAccessKeys", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "Ann" }));
  const list = async (input: ListAccessKeysCommandInput, iam = h.iam) => {
    const { $metadata: _, ...keys } = await iam.send(new ListAccessKeysCommand(input));
    return keys;
  };

  test("a user without keys has an empty list", async () => {
    assert.deepEqual(await list({ UserName: "ann" }), { AccessKeyMetadata: [], IsTruncated: false });
  });

  test("lists keys by age with name and state of now, without secrets, page by page", async () => {
    const made = [];
    for (const hour of [1, 2]) {
      h.clock.set(startOfTest + hour * 3_600_000);
      const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
      const { SecretAccessKey: _, ...told } = AccessKey ?? assert.fail();
      assert.deepEqual(told.CreateDate, new Date(startOfTest + hour * 3_600_000));
      made.push(told);
    }
    h.clock.set(startOfTest);
    const [first, second] = made;
    assert.deepEqual(await list({ UserName: "ANN" }), { AccessKeyMetadata: [first, second], IsTruncated: false });
    const AccessKeyId = first?.AccessKeyId;
    await h.iam.send(new UpdateAccessKeyCommand({ UserName: "ann", AccessKeyId, Status: "Inactive" }));
    await h.iam.send(new UpdateUserCommand({ UserName: "ann", NewUserName: "anna" }));
    const pages = [];
    for await (const page of paginateListAccessKeys({ client: h.iam, pageSize: 1 }, { UserName: "anna" })) {
      pages.push([page.IsTruncated, page.AccessKeyMetadata]);
    }
    assert.deepEqual(pages, [
      [true, [{ ...first, UserName: "anna", Status: "Inactive" }]],
      [false, [{ ...second, UserName: "anna" }]],
    ]);
  });

  test("without a user name they are those of the user who signed, or root's", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:ListAccessKeys", `arn:aws:iam::${testAccount}:user/bob`));
    const owner = (UserName: string, AccessKeyId: string) => ({
      AccessKeyMetadata: [{ UserName, AccessKeyId, Status: "Active", CreateDate: new Date(startOfTest) }],
      IsTruncated: false,
    });
    assert.deepEqual(await list({}, bob.iam), owner("bob", bob.credentials.accessKeyId));
    assert.deepEqual(await list({}), owner(testAccount, h.root.accessKeyId));
  });

  test("refuses a user that is not there, a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(list({ UserName: "nobody" })), noSuchUser("nobody"));
    assert.deepEqual(await refused(list({ UserName: "anna", Marker: "invalid" })), invalidMarker);
    assert.deepEqual(
      await refused(list({ MaxItems: 0 })),
      constraints(["maxItems", "Member must have value greater than or equal to 1"]),
    );
  });

  test("who may list its own may list nobody else's, and learns no name", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:ListAccessKeys", `${arn}/eve`));
    for (const UserName of ["anna", "nobody"]) {
      assert.deepEqual(
        await refused(list({ UserName }, eve.iam)),
        accessDenied("eve", "iam:ListAccessKeys", `${arn}/${UserName}`),
      );
    }
  });
});
