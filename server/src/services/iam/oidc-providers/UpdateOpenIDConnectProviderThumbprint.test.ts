import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  UpdateOpenIDConnectProviderThumbprintCommand,
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

suite("UpdateOpenIDConnectProviderThumbprint", async () => {
  const h = await harness();
  await h.iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${url}`, ThumbprintList: ["a".repeat(40)] }));
  const update = (ThumbprintList: string[], OpenIDConnectProviderArn = arn, iam = h.iam) =>
    iam.send(new UpdateOpenIDConnectProviderThumbprintCommand({ OpenIDConnectProviderArn, ThumbprintList }));

  test("replaces the whole list, folded", async () => {
    await update(["C".repeat(40), "c".repeat(40)]);
    const get = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    assert.deepEqual((await h.iam.send(get)).ThumbprintList, ["c".repeat(40), "c".repeat(40)]);
  });

  test("refuses none, too many, a provider that is not there and a caller who may not", async () => {
    assert.deepEqual(await refused(update([])), {
      code: "InvalidInput",
      message: "Thumbprint list must contain at least one entry.",
      status: 400,
    });
    assert.deepEqual(await refused(update(Array.from({ length: 6 }, () => "c".repeat(40)))), {
      code: "InvalidInput",
      message: "Thumbprint list must contain fewer than 5 entries.",
      status: 400,
    });
    assert.deepEqual(await refused(update(["c".repeat(40)], nobody)), missing);
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(update(["c".repeat(40)], arn, eve.iam)),
      accessDenied("eve", "iam:UpdateOpenIDConnectProviderThumbprint", arn),
    );
  });
});
