import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  TagOpenIDConnectProviderCommand,
} from "@aws-sdk/client-iam";
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

suite("TagOpenIDConnectProvider", async () => {
  const h = await harness();
  await h.iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${url}`,
      ThumbprintList: ["a".repeat(40)],
      Tags: [{ Key: "a", Value: "1" }],
    }),
  );
  const tag = (tags: Record<string, string>, OpenIDConnectProviderArn = arn, iam = h.iam) =>
    iam.send(
      new TagOpenIDConnectProviderCommand({
        OpenIDConnectProviderArn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );

  test("adds and overwrites, and keys of another case are others", async () => {
    await tag({ a: "2", A: "3" });
    const { Tags } = await h.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
    assert.deepEqual(Tags, [
      { Key: "A", Value: "3" },
      { Key: "a", Value: "2" },
    ]);
  });

  test("refuses too many, reserved keys, a provider that is not there and a caller who may not", async () => {
    for (let index = 2; index < 50; index++) await tag({ [`k${index}`]: "" });
    assert.deepEqual(await refused(tag({ another: "" })), {
      code: "LimitExceeded",
      message: "The number of tags has reached the maximum limit.",
      status: 409,
    });
    assert.deepEqual(await refused(tag({ "aws:b": "" })), {
      code: "InvalidInput",
      message: "Tag keys beginning with aws: are reserved for system use.",
      status: 400,
    });
    assert.deepEqual(await refused(tag({ b: "" }, nobody)), missing);
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(tag({ a: "" }, arn, eve.iam)),
      accessDenied("eve", "iam:TagOpenIDConnectProvider", arn),
    );
  });
});
