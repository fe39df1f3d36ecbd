import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteAccessKeyCommand } from "@aws-sdk/client-iam";
import { GetAccessKeyInfoCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../test/harness.ts";
import { accessDenied } from "../../../test/refusals.ts";
import { accessKeys } from "../../store/access-keys.ts";

suite("GetAccessKeyInfo", async () => {
  const h = await harness();
  const account = async (AccessKeyId: string, sts = h.sts) =>
    (await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).Account;

  test("knows the account of its own keys, of deleted ones and of sessions, which carry it", async () => {
    const ann = await userWithKey(h, "ann");
    const AccessKeyId = ann.credentials.accessKeyId;
    assert.equal(await account(AccessKeyId), testAccount);
    await h.iam.send(new DeleteAccessKeyCommand({ UserName: "ann", AccessKeyId }));
    assert.equal(await account(AccessKeyId), testAccount);
    const { Credentials } = await h.sts.send(new GetSessionTokenCommand({}));
    assert.equal(await account(Credentials?.AccessKeyId ?? ""), testAccount);
  });

  test("knows the account of foreign keys, which carry theirs", async () => {
    // A pair that a public exercise published.
    assert.equal(await account("AKIAQI52OJVCPZXFYAOI"), "019181489476");
  });

  test("knows whose a key is that was brought along with an id of its own", async () => {
    await h.environment.store.write((tx) =>
      accessKeys.insert(tx, {
        access_key_id: "countersign_root",
        account_id: testAccount,
        user_id: null,
        secret_sealed: new Uint8Array(28),
        status: "Active",
        created_at: startOfTest,
        changed_at: startOfTest,
      }),
    );
    assert.equal(await account("countersign_root"), testAccount);
  });

  test("refuses what is no id of a key", async () => {
    for (const id of [
      "AIDAQI52OJVCPZXFYAOI",
      "AKIAQI52OJVCPZXFYAOIX",
      "AKIAQI52OJVCPZXFYAO1",
      "akiaqi52ojvcpzxfyaoi",
    ]) {
      assert.deepEqual(await refused(account(id)), {
        code: "ValidationError",
        message: "Invalid Access Key ID",
        status: 400,
      });
    }
    for (const [id, text] of [
      ["SHORT", "Member must have length greater than or equal to 16"],
      ["A".repeat(129), "Member must have length less than or equal to 128"],
      ["AKIA-I52OJVCPZXFYAOI", "Member must satisfy regular expression pattern: [\\w]*"],
    ] as const) {
      assert.deepEqual(await refused(account(id)), {
        code: "ValidationError",
        message: `1 validation error detected: Value '${id}' at 'accessKeyId' failed to satisfy constraint: ${text}`,
        status: 400,
      });
    }
  });

  test("a user needs permission on everything; a session may not at all", async () => {
    const id = "AKIAQI52OJVCPZXFYAOI";
    const may = await userWithKey(h, "may", allow("sts:GetAccessKeyInfo"));
    assert.equal(await account(id, may.sts), "019181489476");
    const mayNot = await userWithKey(h, "may-not", allow("sts:GetSessionToken"));
    assert.deepEqual(await refused(account(id, mayNot.sts)), accessDenied("may-not", "sts:GetAccessKeyInfo", "*"));
    const { Credentials } = await may.sts.send(new GetSessionTokenCommand({}));
    const session = h.as({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    });
    assert.deepEqual(await refused(account(id, session.sts)), {
      code: "AccessDenied",
      message: "Cannot call GetAccessKeyInfo with session credentials",
      status: 403,
    });
  });
});
