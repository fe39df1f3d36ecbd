import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateOpenIDConnectProviderCommand, GetOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

const url = "idp.example.com";
const arn = `arn:aws:iam::${testAccount}:oidc-provider/${url}`;
const nobody = `arn:aws:iam::${testAccount}:oidc-provider/nobody.example.com`;
const missing = {
  code: "NoSuchEntity",
  message: `OpenIDConnect Provider not found for arn ${nobody}`,
  status: 404,
};

suite("GetOpenIDConnectProvider", async () => {
  const h = await harness();
  await h.iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${url}`,
      ThumbprintList: ["a".repeat(40)],
      ClientIDList: ["b", "a"],
      Tags: ["key", "Key"].map((Key) => ({ Key, Value: "1" })),
    }),
  );
  const get = (OpenIDConnectProviderArn = arn, iam = h.iam) =>
    iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));

  test("answers all that is known of it, the URL without its scheme and tags by key", async () => {
    const { $metadata, ...found } = await get();
    assert.deepEqual(found, {
      Url: url,
      ClientIDList: ["b", "a"],
      ThumbprintList: ["a".repeat(40)],
      CreateDate: new Date(startOfTest),
      Tags: [
        { Key: "Key", Value: "1" },
        { Key: "key", Value: "1" },
      ],
    });
  });

  test("refuses one that is not there, of another case or account, and what is no ARN of one", async () => {
    assert.deepEqual(await refused(get(nobody)), missing);
    for (const other of [arn.replace("idp", "IDP"), arn.replace(testAccount, "999999999999")]) {
      assert.equal((await refused(get(other))).message, `OpenIDConnect Provider not found for arn ${other}`);
    }
    const user = `arn:aws:iam::${testAccount}:user/ann`;
    assert.deepEqual(await refused(get(user)), {
      code: "ValidationError",
      message: `ARN ${user} is not valid.`,
      status: 400,
    });
  });

  test("who may not look, learns not even what is there", async () => {
    const eve = await userWithKey(h, "eve");
    for (const it of [arn, nobody]) {
      assert.deepEqual(await refused(get(it, eve.iam)), accessDenied("eve", "iam:GetOpenIDConnectProvider", it));
    }
  });
});
