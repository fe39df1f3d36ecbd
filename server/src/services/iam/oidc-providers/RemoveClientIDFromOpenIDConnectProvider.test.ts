import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
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

suite("RemoveClientIDFromOpenIDConnectProvider", async () => {
  const h = await harness();
  await h.iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: `https://${url}`,
      ThumbprintList: ["a".repeat(40)],
      ClientIDList: ["a", "b", "c"],
    }),
  );
  const remove = (ClientID: string, OpenIDConnectProviderArn = arn, iam = h.iam) =>
    iam.send(new RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }));

  test("takes one away, whether or not it is there", async () => {
    for (const clientId of ["b", "b", "none"]) await remove(clientId);
    const get = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
    assert.deepEqual((await h.iam.send(get)).ClientIDList, ["a", "c"]);
  });

  test("refuses a provider that is not there and a caller who may not", async () => {
    assert.deepEqual(await refused(remove("a", nobody)), missing);
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(remove("a", arn, eve.iam)),
      accessDenied("eve", "iam:RemoveClientIDFromOpenIDConnectProvider", arn),
    );
  });
});
