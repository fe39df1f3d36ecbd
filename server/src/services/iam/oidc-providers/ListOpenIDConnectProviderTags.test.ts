import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateOpenIDConnectProviderCommand, ListOpenIDConnectProviderTagsCommand } from "@aws-sdk/client-iam";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

const url = "idp.example.com";
const arn = `arn:aws:iam::${testAccount}:oidc-provider/${url}`;
const nobody = `arn:aws:iam::${testAccount}:oidc-provider/nobody.example.com`;
const missing = {
  code: "NoSuchEntity",
  message: `OpenIDConnect Provider not found for arn ${nobody}`,
  status: 404,
};

suite("ListOpenIDConnectProviderTags", async () => {
  const h = await harness();
  await h.iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${url}`,
      ThumbprintList: ["a".repeat(40)],
      Tags: ["c", "a", "b"].map((Key) => ({ Key, Value: Key })),
    }),
  );
  const list = (input: { Marker?: string; MaxItems?: number } = {}, OpenIDConnectProviderArn = arn, iam = h.iam) =>
    iam.send(new ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn, ...input }));

  test("page by page, by key", async () => {
    const first = await list({ MaxItems: 2 });
    const second = await list({ Marker: first.Marker ?? "" });
    assert.deepEqual(
      [first, second].map((page) => [page.IsTruncated, page.Tags?.map(({ Key }) => Key)]),
      [
        [true, ["a", "b"]],
        [false, ["c"]],
      ],
    );
  });

  test("refuses a provider that is not there, a marker not its own and a caller who may not", async () => {
    assert.deepEqual(await refused(list({}, nobody)), missing);
    assert.deepEqual(await refused(list({ Marker: "invalid" })), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(list({}, arn, eve.iam)),
      accessDenied("eve", "iam:ListOpenIDConnectProviderTags", arn),
    );
  });
});
