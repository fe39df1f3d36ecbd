import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  UntagOpenIDConnectProviderCommand,
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

suite("UntagOpenIDConnectProvider", async () => {
  const h = await harness();
  await h.iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${url}`,
      ThumbprintList: ["a".repeat(40)],
      Tags: ["a", "A", "b"].map((Key) => ({ Key, Value: "1" })),
    }),
  );
  const untag = (TagKeys: string[], OpenIDConnectProviderArn = arn, iam = h.iam) =>
    iam.send(new UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys }));

  test("takes away the keys that are there, of this very case", async () => {
    await untag(["a", "none"]);
    const { Tags } = await h.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
    assert.deepEqual(
      Tags?.map(({ Key }) => Key),
      ["A", "b"],
    );
  });

  test("refuses a provider that is not there and a caller who may not", async () => {
    assert.deepEqual(await refused(untag(["a"], nobody)), missing);
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(untag(["b"], arn, eve.iam)),
      accessDenied("eve", "iam:UntagOpenIDConnectProvider", arn),
    );
  });
});
